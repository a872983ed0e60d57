package io.gossip.spring.actuate;

import io.gossip.spring.history.EventHistory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What has happened to the members of late, as this node saw it: {@code /actuator/gossipevents}.
 */
@Endpoint(id = "gossipevents", defaultAccess = Access.READ_ONLY)
public final class GossipEventsEndpoint {

  private final EventHistory history;

  /** Tells of what is kept there. */
  public GossipEventsEndpoint(EventHistory history) {
    this.history = history;
  }

  /**
   * The latest transitions, the newest first. A filter that makes no sense is answered with 400 and
   * a sentence; each comes as text, as what Boot says of one that it cannot convert is nothing.
   *
   * @param type only of this kind, or of these, with commas between
   * @param member only of the member of this name
   * @param service only of members that offer this service
   * @param zone only of this zone; "" for members that are in none
   * @param since only from this time on: an ISO instant, or an ISO duration before now
   * @param after only with a greater number
   * @param limit how many at most, 100 unless given
   */
  @ReadOperation
  @RegisterReflectionForBinding(GossipEventsDescriptor.class) // no return type says so
  public WebEndpointResponse<?> events(
      @Nullable String type,
      @Nullable String member,
      @Nullable String service,
      @Nullable String zone,
      @Nullable String since,
      @Nullable String after,
      @Nullable String limit) {
    EventQuery query;
    try {
      query =
          new EventQuery(
              EventQuery.types(type),
              member,
              service,
              zone,
              EventQuery.since(since, Instant.now()),
              EventQuery.after(after),
              EventQuery.limit(limit));
    } catch (IllegalArgumentException e) {
      return new WebEndpointResponse<>(e.getMessage(), WebEndpointResponse.STATUS_BAD_REQUEST);
    }
    return new WebEndpointResponse<>(GossipEventsDescriptor.of(history, query));
  }
}

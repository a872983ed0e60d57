package io.gossip.spring.actuate;

import io.gossip.spring.history.EventHistory;
import io.gossip.spring.history.Recorded;
import io.gossip.spring.history.Transition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint tells about the past.
 *
 * @param capacity how many transitions are kept at most
 * @param recorded how many there have been since this process started
 * @param events those asked for, the newest first
 */
public record GossipEventsDescriptor(int capacity, long recorded, List<Event> events)
    implements OperationResponseBody {

  /**
   * A transition.
   *
   * @param sequence its number, from 1
   * @param at when it was noticed here
   * @param type what kind of thing happened
   * @param member whom it happened to
   * @param zone its zone, or the one that it is about; {@code null} for none
   * @param service what the member offers; {@code null} if nothing
   * @param reason why, or what, in words
   * @param by who found it so, at most 8
   */
  public record Event(
      long sequence,
      Instant at,
      String type,
      String member,
      @Nullable String zone,
      @Nullable String service,
      String reason,
      List<String> by) {}

  static GossipEventsDescriptor of(EventHistory history, EventQuery query) {
    return new GossipEventsDescriptor(
        history.capacity(),
        history.recorded(),
        history.latest(query::selects, query.limit()).stream()
            .map(GossipEventsDescriptor::event)
            .toList());
  }

  private static Event event(Recorded recorded) {
    Transition what = recorded.transition();
    return new Event(
        recorded.sequence(),
        recorded.at(),
        what.type().name(),
        what.member(),
        what.zone().isEmpty() ? null : what.zone(),
        what.service(),
        what.reason(),
        what.by());
  }
}

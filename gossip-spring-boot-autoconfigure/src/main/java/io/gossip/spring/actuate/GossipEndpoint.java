package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.membership.NodeId;
import io.gossip.membership.TrailEntry;
import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.keys.OwnCertificate;
import io.gossip.spring.lifecycle.GossipLeaveLifecycle;
import io.gossip.spring.lifecycle.LocalService;
import io.gossip.spring.quarantine.Quarantine;
import io.gossip.spring.service.GossipServices;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The cluster as this node sees it: {@code /actuator/gossip}. Reading is allowed; changing the
 * status of this application's service, forgetting a member, rejoining and leaving have to be.
 */
@Endpoint(id = "gossip", defaultAccess = Access.READ_ONLY)
public final class GossipEndpoint {

  private final GossipNode node;
  private final Reports reports;
  private final LocalService local;
  private final Operations operations;
  private final GossipServices services;
  private final @Nullable FlapScores scores;
  private final @Nullable Quarantine quarantine;
  private final @Nullable OwnCertificate certificate;

  /**
   * Tells about this node.
   *
   * @param leaving what leaves the cluster
   * @param scores who comes and goes; {@code null} if nobody looks
   * @param quarantine who could not be reached by calls; {@code null} if nobody looks
   * @param certificate what is shown on streams; {@code null} if these have no TLS
   */
  public GossipEndpoint(
      GossipNode node,
      Reports reports,
      LocalService local,
      GossipLeaveLifecycle leaving,
      GossipServices services,
      @Nullable FlapScores scores,
      @Nullable Quarantine quarantine,
      @Nullable OwnCertificate certificate) {
    this.node = node;
    this.reports = reports;
    this.local = local;
    this.operations = new Operations(node, local, leaving);
    this.services = services;
    this.scores = scores;
    this.quarantine = quarantine;
    this.certificate = certificate;
  }

  /**
   * The cluster in figures, and some of its members; nothing while the node does not run. A filter
   * that makes no sense is answered with 400 and a sentence; each comes as text, as what Boot says
   * of one that it cannot convert is nothing.
   *
   * @param zone only members of this zone; "" for those that are in none
   * @param state only members that stand so: ALIVE, SUSPECT, DEAD, also called FAILED, or LEFT
   * @param member only the member of this name, with its trail: names may have characters that
   *     nothing lets through in a path
   * @param limit members to tell of, 100 unless given: a large cluster has thousands
   */
  @ReadOperation
  @RegisterReflectionForBinding(GossipDescriptor.class) // no return type says so
  public WebEndpointResponse<?> cluster(
      @Nullable String zone,
      @Nullable String state,
      @Nullable String member,
      @Nullable String limit) {
    MemberQuery query;
    try {
      query = MemberQuery.of(zone, MemberQuery.state(state), member, MemberQuery.limit(limit));
    } catch (IllegalArgumentException e) {
      return new WebEndpointResponse<>(e.getMessage(), WebEndpointResponse.STATUS_BAD_REQUEST);
    }
    Reports.Account account = reports.current();
    return account == null
        ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
        : new WebEndpointResponse<>(
            describer(account)
                .describe(account.report(), local, services.current(), query, trail(member)));
  }

  private @Nullable List<TrailEntry> trail(@Nullable String member) {
    return member == null || !NodeId.isValid(member) ? null : reports.trail(new NodeId(member));
  }

  private Describer describer(Reports.Account account) {
    return new Describer(
        Instant.now(),
        account.at(),
        node.protection(),
        certificate == null ? null : certificate.notAfter(),
        scores,
        quarantine);
  }

  /** One member; nothing if it is not known. */
  @ReadOperation
  public GossipDescriptor.@Nullable Member member(@Selector String nodeId) {
    Reports.Account account = reports.current();
    return account == null
        ? null
        : Describer.find(account.report(), nodeId).stream()
            .findFirst()
            .map(found -> describer(account).member(found, reports.trail(found.member().id())))
            .orElse(null);
  }

  /**
   * Does one of two things, as the body says. One operation, as a path of its own for actions would
   * be taken for the name of a member.
   *
   * @param status overrides the status of this application's service: UP, OUT_OF_SERVICE, DOWN, or
   *     CANCEL_OVERRIDE to take that back; {@code null} with an action
   * @param action {@code rejoin} asks the seeds again now; {@code leave} leaves the cluster for as
   *     long as this application runs; {@code null} with a status
   */
  @WriteOperation
  @RegisterReflectionForBinding(GossipAction.class) // no return type says so
  public WebEndpointResponse<?> perform(@Nullable String status, @Nullable String action) {
    try {
      return operations.perform(status, action);
    } finally {
      reports.outdated();
    }
  }

  /**
   * Forgets a member that failed or left.
   *
   * @param member its name, which may have characters that nothing lets through in a path
   */
  @DeleteOperation
  public WebEndpointResponse<String> forgetMember(String member) {
    return forget(member);
  }

  /** Forgets a member that failed or left. */
  @DeleteOperation
  public WebEndpointResponse<String> forget(@Selector String nodeId) {
    try {
      return operations.forget(nodeId);
    } finally {
      reports.outdated();
    }
  }
}

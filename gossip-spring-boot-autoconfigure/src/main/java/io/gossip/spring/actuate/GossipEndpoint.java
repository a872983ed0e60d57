package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.keys.OwnCertificate;
import io.gossip.spring.lifecycle.LocalService;
import io.gossip.spring.quarantine.Quarantine;
import io.gossip.spring.service.GossipServices;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The cluster as this node sees it: {@code /actuator/gossip}. Reading is allowed; changing the
 * status of this application's service, or forgetting a member, has to be.
 */
@Endpoint(id = "gossip", defaultAccess = Access.READ_ONLY)
public final class GossipEndpoint {

  private final GossipNode node;
  private final Reports reports;
  private final LocalService local;
  private final GossipServices services;
  private final @Nullable FlapScores scores;
  private final @Nullable Quarantine quarantine;
  private final @Nullable OwnCertificate certificate;

  /**
   * Tells about this node.
   *
   * @param scores who comes and goes; {@code null} if nobody looks
   * @param quarantine who could not be reached by calls; {@code null} if nobody looks
   * @param certificate what is shown on streams; {@code null} if these have no TLS
   */
  public GossipEndpoint(
      GossipNode node,
      Reports reports,
      LocalService local,
      GossipServices services,
      @Nullable FlapScores scores,
      @Nullable Quarantine quarantine,
      @Nullable OwnCertificate certificate) {
    this.node = node;
    this.reports = reports;
    this.local = local;
    this.services = services;
    this.scores = scores;
    this.quarantine = quarantine;
    this.certificate = certificate;
  }

  /**
   * The cluster in figures, and some of its members; nothing while the node does not run.
   *
   * @param zone only members of this zone; "" for those that are in none
   * @param state only members that stand so: ALIVE, SUSPECT, DEAD or LEFT
   * @param limit members to tell of, 100 unless given: a large cluster has thousands
   */
  @ReadOperation
  public @Nullable GossipDescriptor cluster(
      @Nullable String zone, @Nullable MemberStatus state, @Nullable Integer limit) {
    NodeReport report = reports.take();
    return report == null
        ? null
        : describer()
            .describe(report, local, services.current(), MemberQuery.of(zone, state, limit));
  }

  private Describer describer() {
    return new Describer(
        Instant.now(),
        node.protection(),
        certificate == null ? null : certificate.notAfter(),
        scores,
        quarantine);
  }

  /** One member; nothing if it is not known. */
  @ReadOperation
  public GossipDescriptor.@Nullable Member member(@Selector String nodeId) {
    NodeReport report = reports.take();
    return report == null
        ? null
        : Describer.find(report, nodeId).stream()
            .findFirst()
            .map(found -> describer().member(found, reports.trail(found.member().id())))
            .orElse(null);
  }

  /**
   * Overrides the status of this application's service.
   *
   * @param status UP, OUT_OF_SERVICE, DOWN, or CANCEL_OVERRIDE to take that back
   */
  @WriteOperation
  public WebEndpointResponse<String> status(String status) {
    try {
      local.override(status);
      return new WebEndpointResponse<>(local.status().name());
    } catch (IllegalArgumentException e) {
      return new WebEndpointResponse<>(e.getMessage(), WebEndpointResponse.STATUS_BAD_REQUEST);
    }
  }

  /** Forgets a member that failed or left. */
  @DeleteOperation
  public WebEndpointResponse<String> forget(@Selector String nodeId) {
    if (!NodeId.isValid(nodeId)) {
      return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
    }
    NodeId id = new NodeId(nodeId);
    Membership view = node.members();
    if (view.find(id).isPresent()) {
      return new WebEndpointResponse<>(
          nodeId + " is alive; only members that failed or left can be forgotten",
          WebEndpointResponse.STATUS_BAD_REQUEST);
    }
    if (view.departed().stream().noneMatch(member -> member.id().equals(id))) {
      return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
    }
    node.forget(id);
    return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
  }
}

package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import io.gossip.membership.Membership;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.keys.OwnCertificate;
import io.gossip.swim.SwimReport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the node is of use. UP when it has found the cluster, or has none to find; DOWN when it
 * does not run or its name is taken; what the properties say when it hears nobody.
 */
public final class GossipHealthIndicator extends AbstractHealthIndicator {

  private final GossipNode node;
  private final Reports reports;
  private final GossipProperties.Health properties;
  private final @Nullable OwnCertificate certificate;

  /**
   * Judges this node by these properties.
   *
   * @param certificate what it shows on its streams; {@code null} if these have no TLS
   */
  public GossipHealthIndicator(
      GossipNode node,
      Reports reports,
      GossipProperties.Health properties,
      @Nullable OwnCertificate certificate) {
    super("Gossip health check failed");
    this.node = node;
    this.reports = reports;
    this.properties = properties;
    this.certificate = certificate;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    NodeReport report = reports.recent();
    if (report == null) {
      builder
          .down()
          .withDetail("reason", node.isRunning() ? "the node does not answer" : "not running");
      return;
    }
    Membership view = node.members();
    SwimReport swim = report.swim();
    HealthDetails.add(
        builder,
        report,
        view,
        node.protection(),
        certificate == null ? null : certificate.notAfter());
    builder.status(status(swim, view));
    if (swim.localHealth() >= properties.degradedScore()) {
      builder.withDetail("degraded", true);
    }
  }

  private Status status(SwimReport swim, Membership view) {
    return switch (swim.phase()) {
      case CONFLICT -> Status.DOWN;
      case LEAVING, LEFT -> Status.OUT_OF_SERVICE;
      case JOINING, ISOLATED -> isolated();
      case ALONE, JOINED ->
          view.members().size() < properties.minMembers() ? isolated() : Status.UP;
    };
  }

  private Status isolated() {
    return new Status(properties.isolatedStatus().toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}

package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.netty.Refusals;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.keys.OwnCertificate;
import io.gossip.swim.SwimReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /** Zones that are named; the endpoint names more. */
  private static final int NAMED_ZONES = 10;

  /** How long a refusal is told of. */
  private static final Duration LATELY = Duration.ofMinutes(1);

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
    describe(builder, report, view);
    builder.status(status(swim, view));
    if (swim.localHealth() >= properties.degradedScore()) {
      builder.withDetail("degraded", true);
    }
  }

  private void describe(Health.Builder builder, NodeReport report, Membership view) {
    List<SwimReport.SeedReport> seeds = report.swim().seeds();
    builder
        .withDetail("cluster", report.cluster())
        .withDetail("state", report.swim().phase().name())
        .withDetail("members", view.members().size())
        .withDetail("alive", view.count(MemberStatus.ALIVE))
        .withDetail("suspect", view.count(MemberStatus.SUSPECT))
        .withDetail("failed", view.count(MemberStatus.DEAD))
        .withDetail("localHealthScore", report.swim().localHealth())
        .withDetail("watchLinks", report.swim().watched() + "/" + report.swim().toWatch())
        .withDetail("encrypted", node.protection().seals());
    Instant notAfter = certificate == null ? null : certificate.notAfter();
    if (notAfter != null) {
      builder.withDetail("certificateNotAfter", notAfter);
    }
    Instant lately = Instant.now().minus(LATELY);
    node.protection().refusals().recent().stream()
        .filter(refused -> refused.last().isAfter(lately))
        .findFirst()
        .ifPresent(refused -> builder.withDetail("refused", sentence(refused)));
    if (report.swim().narrowPaths() > 0) {
      builder.withDetail("largeDatagramsLost", report.swim().narrowPaths());
    }
    if (!report.swim().unreachableZones().isEmpty()) {
      builder.withDetail(
          "unreachableZones",
          report.swim().unreachableZones().stream().limit(NAMED_ZONES).toList());
    }
    if (!seeds.isEmpty()) {
      long reachable = seeds.stream().filter(s -> Boolean.TRUE.equals(s.reachable())).count();
      builder.withDetail("seedsReachable", reachable + "/" + seeds.size());
      seeds.stream()
          .filter(seed -> seed.problem() != null)
          .findFirst()
          .ifPresent(
              seed -> builder.withDetail("seedProblem", seed.seed() + ": " + seed.problem()));
    }
  }

  private static String sentence(Refusals.Refused refused) {
    String detail = refused.detail().isEmpty() ? "" : " (" + refused.detail() + ")";
    return refused.reason() + " " + refused.source() + detail;
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

package io.gossip.spring.actuate;

import io.gossip.NodeReport;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.netty.Protection;
import io.gossip.netty.Refusals;
import io.gossip.swim.SwimReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

/** What the health says besides its status: little, and what is wrong only where it is. */
final class HealthDetails {

  /** Zones that are named; the endpoint names more. */
  private static final int NAMED_ZONES = 10;

  /** How long a refusal is told of. */
  private static final Duration LATELY = Duration.ofMinutes(1);

  private static final double MINUTE_SECONDS = 60;

  private HealthDetails() {}

  static void add(
      Health.Builder builder,
      NodeReport report,
      Membership view,
      Protection protection,
      @Nullable Instant certificateNotAfter) {
    SwimReport swim = report.swim();
    addMembers(builder, report, view);
    addConvergence(builder, swim.convergence(), swim.lastMinute());
    addSecurity(builder, protection, certificateNotAfter);
    addTroubles(builder, swim);
    addSeeds(builder, swim.seeds());
  }

  private static void addMembers(Health.Builder builder, NodeReport report, Membership view) {
    SwimReport swim = report.swim();
    builder
        .withDetail("cluster", report.cluster())
        .withDetail("state", swim.phase().name())
        .withDetail("members", view.members().size())
        .withDetail("alive", view.count(MemberStatus.ALIVE))
        .withDetail("suspect", view.count(MemberStatus.SUSPECT))
        .withDetail("failed", view.count(MemberStatus.DEAD))
        .withDetail("localHealthScore", swim.localHealth())
        .withDetail("watchLinks", swim.watched() + "/" + swim.toWatch());
  }

  /** Each only where it is known. */
  private static void addConvergence(
      Health.Builder builder, SwimReport.Convergence found, SwimReport.LastMinute counted) {
    if (found.heard() > 0) {
      builder.withDetail("agreement", found.agreeing() + "/" + found.heard());
    }
    Duration lag = found.lag99();
    if (lag != null) {
      builder.withDetail("lag99Millis", lag.toMillis());
    }
    if (!Double.isNaN(found.residue())) {
      builder.withDetail("residue", Math.round(1000 * found.residue()) / 1000.0);
    }
    if (!counted.span().isZero()) {
      builder.withDetail("falsePositivesPerMinute", falsePositives(counted));
    }
  }

  /** Suspicions and deaths that proved wrong; a shorter time than a minute is taken for one. */
  private static double falsePositives(SwimReport.LastMinute counted) {
    double minutes = Math.max(1, counted.span().toMillis() / 1e3 / MINUTE_SECONDS);
    return Math.round(10 * (counted.falseSuspicions() + counted.falseDeaths()) / minutes) / 10.0;
  }

  private static void addSecurity(
      Health.Builder builder, Protection protection, @Nullable Instant certificateNotAfter) {
    builder.withDetail("encrypted", protection.seals());
    if (certificateNotAfter != null) {
      builder.withDetail("certificateNotAfter", certificateNotAfter);
    }
    Instant lately = Instant.now().minus(LATELY);
    protection.refusals().recent().stream()
        .filter(refused -> refused.last().isAfter(lately))
        .findFirst()
        .ifPresent(refused -> builder.withDetail("refused", sentence(refused)));
  }

  private static String sentence(Refusals.Refused refused) {
    String detail = refused.detail().isEmpty() ? "" : " (" + refused.detail() + ")";
    return refused.reason() + " " + refused.source() + detail;
  }

  private static void addTroubles(Health.Builder builder, SwimReport swim) {
    if (swim.narrowPaths() > 0) {
      builder.withDetail("largeDatagramsLost", swim.narrowPaths());
    }
    if (!swim.unreachableZones().isEmpty()) {
      builder.withDetail(
          "unreachableZones", swim.unreachableZones().stream().limit(NAMED_ZONES).toList());
    }
  }

  private static void addSeeds(Health.Builder builder, List<SwimReport.SeedReport> seeds) {
    if (seeds.isEmpty()) {
      return;
    }
    long reachable = seeds.stream().filter(seed -> Boolean.TRUE.equals(seed.reachable())).count();
    builder.withDetail("seedsReachable", reachable + "/" + seeds.size());
    seeds.stream()
        .filter(seed -> seed.problem() != null)
        .findFirst()
        .ifPresent(seed -> builder.withDetail("seedProblem", seed.seed() + ": " + seed.problem()));
  }
}

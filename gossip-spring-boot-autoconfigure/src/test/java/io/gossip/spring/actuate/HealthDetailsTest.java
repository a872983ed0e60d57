package io.gossip.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.NodeReport;
import io.gossip.membership.Membership;
import io.gossip.netty.Protection;
import io.gossip.spring.service.Members;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimReport.Convergence;
import io.gossip.swim.SwimReport.LastMinute;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

class HealthDetailsTest {

  private static final double UNKNOWN = Double.NaN;
  private static final Convergence NOTHING =
      new Convergence(0, 0, 0, null, 0, 0, null, null, UNKNOWN, UNKNOWN, UNKNOWN, 0);
  private static final LastMinute NO_TIME = lastMinute(Duration.ZERO, 0, 0);

  @Test
  void itTellsHowFarViewsAgreeAndHowNewsGetsAbout() {
    Convergence found =
        new Convergence(
            20, 18, 7, Duration.ofSeconds(9), 20, 19, null, Duration.ofMillis(312), 0.05, 3, 2, 4);
    assertThat(details(found, lastMinute(Duration.ofSeconds(60), 2, 1), 0))
        .containsEntry("agreement", "18/20")
        .containsEntry("lag99Millis", 312L)
        .containsEntry("residue", 0.05)
        .containsEntry("falsePositivesPerMinute", 3.0);
  }

  @Test
  void whatIsNotKnownIsNotTold() {
    assertThat(details(NOTHING, NO_TIME, 0))
        .containsKeys("members", "watchLinks")
        .doesNotContainKeys(
            "agreement",
            "lag99Millis",
            "residue",
            "falsePositivesPerMinute",
            "largeDatagramsLost",
            "unreachableZones",
            "seedsReachable");
  }

  @Test
  void aShortTimeIsNotBlownUpToAMinute() {
    assertThat(details(NOTHING, lastMinute(Duration.ofSeconds(2), 1, 0), 0))
        .containsEntry("falsePositivesPerMinute", 1.0);
    assertThat(details(NOTHING, lastMinute(Duration.ofSeconds(65), 1, 0), 0))
        .containsEntry("falsePositivesPerMinute", 0.9);
  }

  @Test
  void aNetworkThatDropsLargeDatagramsIsToldWithHowManyMembersItConcerns() {
    assertThat(details(NOTHING, NO_TIME, 3)).containsEntry("largeDatagramsLost", 3);
  }

  private static LastMinute lastMinute(Duration span, long falseSuspicions, long falseDeaths) {
    return new LastMinute(span, 0, 0, 0, 0, 9, falseSuspicions, 9, falseDeaths, 9);
  }

  private static Map<String, Object> details(
      Convergence convergence, LastMinute lastMinute, int narrowPaths) {
    Membership view = Members.view(Members.member("self", Map.of()));
    SwimReport swim =
        new SwimReport(
            SwimReport.Phase.JOINED,
            0,
            0,
            1,
            2,
            3,
            List.of(),
            narrowPaths,
            List.of(),
            List.of(),
            convergence,
            lastMinute);
    InetSocketAddress address = view.self().address();
    NodeReport report = new NodeReport("shop", view, swim, address, address, "chosen", "nio", 1);
    Health.Builder builder = new Health.Builder().up();
    HealthDetails.add(
        builder, report, view, new Protection(List.of(), null, null, null, null), null);
    return builder.build().getDetails();
  }
}

package io.gossip.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.netty.Protection;
import io.gossip.spring.GossipInstanceProperties;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.lifecycle.LocalService;
import io.gossip.spring.lifecycle.LocalServiceSettings;
import io.gossip.spring.lifecycle.ServiceDefinition;
import io.gossip.spring.service.GossipServices;
import io.gossip.spring.service.Members;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimReport.MemberReport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** What the endpoint tells of a large cluster, and of members that come and go. */
class DescriberTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final int MEMBERS = 6000;

  private final FlapScores scores =
      new FlapScores(
          new GossipProperties.FlapDamping(
              true, Duration.ofMinutes(5), 2000, 750, Duration.ofMinutes(20)));
  private final Membership view = cluster();

  @Test
  void ofALargeClusterItTellsFiguresAndTheFirstMembers() {
    GossipDescriptor told = describe(null, null, null);
    assertThat(told.members())
        .hasSize(100)
        .first()
        .satisfies(member -> assertThat(member.nodeId()).isEqualTo("m-00000"));
    assertThat(told.omitted().members()).isEqualTo(MEMBERS - 100);
    assertThat(told.counts()).isEqualTo(new GossipDescriptor.Counts(5400, 600, 0, 0));
    assertThat(told.services()).containsOnlyKeys("stock");
    assertThat(told.omitted().services()).isZero();
  }

  @Test
  void itTellsOfEachZone() {
    assertThat(describe(null, null, 0).zones())
        .containsExactly(
            new GossipDescriptor.Zone(null, new GossipDescriptor.Counts(1800, 200, 0, 0)),
            new GossipDescriptor.Zone("b", new GossipDescriptor.Counts(1800, 200, 0, 0)),
            new GossipDescriptor.Zone("c", new GossipDescriptor.Counts(1800, 200, 0, 0)));
    assertThat(describe(null, null, 0).unreachableZones()).containsExactly("eu");
  }

  @Test
  void aMembersZoneIsToldWhetherItOffersAServiceOrNot() {
    assertThat(describe(null, null, 3).members())
        .extracting(GossipDescriptor.Member::zone)
        .containsExactly(null, "b", "c");
    Member watcher = Members.inZone(Members.member("watcher", Map.of()), "b");
    MemberReport report = new MemberReport(watcher, Duration.ZERO, null, null, List.of(), -1);
    assertThat(describer().member(report, null).zone()).isEqualTo("b");
  }

  @Test
  void itTellsOfThoseThatAreAskedFor() {
    GossipDescriptor suspects = describe("c", MemberStatus.SUSPECT, 50);
    assertThat(suspects.members())
        .hasSize(50)
        .allSatisfy(member -> assertThat(member.state()).isEqualTo("SUSPECT"));
    assertThat(suspects.omitted().members()).isEqualTo(150);
    assertThat(describe("", null, 10_000).members()).hasSize(2000);
    assertThat(describe(null, null, 10_000).members()).hasSize(MEMBERS);
    assertThat(describe("nowhere", null, null).members()).isEmpty();
    assertThat(describe(null, null, -1).members()).isEmpty();
  }

  @Test
  void itTellsWhoComesAndGoesAndUntilWhenThatCounts() {
    Member flapping = view.members().get(1);
    for (int i = 0; i < 3; i++) {
      Member dead = flapping.with(MemberStatus.DEAD);
      scores.onEvent(new MembershipEvent.Failed(dead, List.of(), Duration.ZERO), view);
      scores.onEvent(new MembershipEvent.Joined(flapping, dead), view);
    }
    List<GossipDescriptor.Member> told = describe(null, null, 2).members();
    assertThat(told.get(0).flapScore()).isNull();
    assertThat(told.get(0).dampedUntil()).isNull();
    assertThat(told.get(1).flapScore()).isBetween(2900L, 3000L);
    assertThat(told.get(1).dampedUntil())
        .isBetween(NOW.plus(Duration.ofMinutes(9)), NOW.plus(Duration.ofMinutes(10)));
  }

  private GossipDescriptor describe(
      @Nullable String zone, @Nullable MemberStatus state, @Nullable Integer limit) {
    return describer()
        .describe(
            report(),
            local(),
            new GossipServices(() -> view, true).current(),
            MemberQuery.of(zone, state, null, limit),
            null);
  }

  private Describer describer() {
    Protection none = new Protection(List.of(), null, null, null, null);
    return new Describer(NOW, NOW, none, null, scores, null);
  }

  /** Six thousand members, a third each in two zones and none; a tenth of each are suspects. */
  private static Membership cluster() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      Member member = Members.serving(String.format("m-%05d", i), "stock", 80);
      member = i % 3 == 0 ? member : Members.inZone(member, i % 3 == 1 ? "b" : "c");
      members.add(i % 30 >= 27 ? Members.suspected(member) : member);
    }
    return Members.view(members.get(0), members.subList(1, members.size()).toArray(new Member[0]));
  }

  private NodeReport report() {
    List<MemberReport> members =
        view.members().stream()
            .map(member -> new MemberReport(member, Duration.ZERO, null, null, List.of(), -1))
            .toList();
    InetSocketAddress address = view.self().address();
    SwimReport swim =
        new SwimReport(
            SwimReport.Phase.JOINED,
            0,
            0,
            1,
            2,
            3,
            List.of("eu"),
            0,
            List.of(),
            members,
            new SwimReport.Convergence(
                0, 0, 0, null, 0, 0, null, null, Double.NaN, Double.NaN, Double.NaN, 0),
            new SwimReport.LastMinute(Duration.ZERO, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    return new NodeReport("shop", view, swim, address, address, "chosen", "nio", 1);
  }

  private static LocalService local() {
    MockEnvironment environment =
        new MockEnvironment().withProperty("spring.application.name", "shop");
    GossipInstanceProperties properties =
        Binder.get(environment).bindOrCreate("gossip.instance", GossipInstanceProperties.class);
    return new LocalService(
        GossipNode.builder().id("m-00000").build(),
        environment,
        ServiceDefinition.of(properties, environment, "m-00000", null),
        new LocalServiceSettings(true, true, true));
  }
}

package io.gossip.swim;

import static io.gossip.membership.MemberStatus.DEAD;
import static io.gossip.membership.MemberStatus.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.membership.MembershipEvent.ZoneReachable;
import io.gossip.membership.MembershipEvent.ZoneUnreachable;
import io.gossip.sim.Link;
import io.gossip.sim.Published;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A zone that is cut off is not a zone that died. */
class PartitionHoldTest {
  private static final Duration CUT = Duration.ofSeconds(90);
  private static final Duration HEALED = Duration.ofSeconds(30);

  // Worlds

  private static Simulation zones(long seed, String... zones) {
    return zones(seed, config -> config, zones);
  }

  /** One member for each name of a zone, after they have found each other. */
  private static Simulation zones(
      long seed, UnaryOperator<SwimConfigBuilder> change, String... zones) {
    Simulation sim = new Simulation(seed).config(change);
    for (int i = 0; i < zones.length; i++) {
      sim.start(sim.spec(i).inZone(zones[i]));
    }
    sim.runUntilConverged(Duration.ofSeconds(20));
    return sim.run(Duration.ofSeconds(10));
  }

  private static String[] each(int members, String... zones) {
    String[] all = new String[members * zones.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = zones[i % zones.length];
    }
    return all;
  }

  private static List<SimNode> in(Simulation sim, String zone) {
    List<SimNode> found = new ArrayList<>();
    for (SimNode node : sim.running()) {
      if (node.spec().zone().equals(zone) || node.spec().zone().startsWith(zone + "/")) {
        found.add(node);
      }
    }
    return found;
  }

  private static List<SimNode> notIn(Simulation sim, String zone) {
    List<SimNode> found = new ArrayList<>(sim.running());
    found.removeAll(in(sim, zone));
    return found;
  }

  private static void cut(Simulation sim, String zone) {
    sim.partition(notIn(sim, zone), in(sim, zone));
  }

  private static <E extends MembershipEvent> List<E> events(SimNode node, Class<E> kind) {
    List<E> found = new ArrayList<>();
    for (Published published : node.events()) {
      if (kind.isInstance(published.event())) {
        found.add(kind.cast(published.event()));
      }
    }
    return found;
  }

  private static void nobodyDied(Simulation sim) {
    assertThat(sim.falseDeaths()).isEmpty();
    assertThat(sim.running())
        .allSatisfy(node -> assertThat(events(node, Failed.class)).as("%s", node).isEmpty());
  }

  private static boolean allUnsuspected(Simulation sim) {
    List<SimNode> running = sim.running();
    return running.stream().allMatch(node -> running.stream().allMatch(node::sees));
  }

  private static boolean nobodyHolds(Simulation sim) {
    return sim.running().stream().allMatch(node -> node.report().unreachableZones().isEmpty());
  }

  // Cuts

  private static void cutAndHealed(Simulation sim, String zone) {
    cut(sim, zone);
    sim.run(CUT);
    nobodyDied(sim);
    for (SimNode node : notIn(sim, zone)) {
      assertThat(node.report().unreachableZones()).containsExactly(zone);
      assertThat(in(sim, zone)).allSatisfy(far -> assertThat(node.status(far)).isEqualTo(SUSPECT));
    }
    sim.heal();
    Duration began = sim.time();
    sim.runUntil("healed", () -> allUnsuspected(sim) && nobodyHolds(sim), HEALED);
    sim.runUntilConverged(began.plus(HEALED).minus(sim.time()));
    nobodyDied(sim);
  }

  @Test
  void nobodyDiesBecauseAZoneOfFiveIsCutOff() {
    Seeds.each(8, seed -> cutAndHealed(zones(seed, each(5, "a", "b", "c")), "c"));
  }

  @Test
  void nobodyDiesBecauseAZoneOfTwelveIsCutOff() {
    Seeds.each(5, seed -> cutAndHealed(zones(seed, each(12, "a", "b", "c")), "b"));
  }

  @Test
  void nobodyDiesBecauseAZoneOfExactlyThreeIsCutOff() {
    Seeds.each(8, seed -> cutAndHealed(zones(seed, each(3, "a", "b", "c")), "a"));
  }

  @Test
  void cutIsOneEventAtEachMemberAndItsEndAnother() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = zones(seed, each(5, "a", "b", "c"));
          cutAndHealed(sim, "c");
          for (SimNode node : notIn(sim, "c")) {
            List<ZoneUnreachable> cuts = events(node, ZoneUnreachable.class);
            assertThat(cuts).singleElement().extracting(ZoneUnreachable::zone).isEqualTo("c");
            assertThat(cuts.get(0).members()).extracting(Member::id).isSorted();
            assertThat(cuts.get(0).members()).hasSize(5);
            assertThat(events(node, ZoneReachable.class))
                .singleElement()
                .extracting(ZoneReachable::zone)
                .isEqualTo("c");
          }
        });
  }

  @Test
  void endOfACutIsNoOccasionForNewSuspicions() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = zones(seed, each(12, "a", "b", "c"));
          cut(sim, "c");
          sim.run(Duration.ofSeconds(20));
          List<Integer> before =
              sim.nodes().stream().map(node -> events(node, Suspected.class).size()).toList();
          sim.heal();
          sim.run(Duration.ofSeconds(10));
          assertThat(allUnsuspected(sim) && nobodyHolds(sim)).isTrue();
          for (int i = 0; i < before.size(); i++) {
            assertThat(events(sim.node(i), Suspected.class)).hasSize(before.get(i));
          }
        });
  }

  @Test
  void regionIsCutOffAsOne() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = zones(seed, each(4, "eu/a", "eu/b", "us/a", "us/b"));
          cutAndHealed(sim, "eu");
          for (SimNode node : in(sim, "us")) {
            assertThat(events(node, ZoneUnreachable.class))
                .singleElement()
                .extracting(ZoneUnreachable::zone)
                .isEqualTo("eu");
          }
        });
  }

  @Test
  void zoneOfARegionIsCutOffAlone() {
    Seeds.each(
        5, seed -> cutAndHealed(zones(seed, each(4, "eu/a", "eu/b", "us/a", "us/b")), "eu/a"));
  }

  @Test
  void regionOfZonesOfOneMemberEachIsCutOffAsOne() {
    Seeds.each(
        5,
        seed ->
            cutAndHealed(
                zones(seed, "eu/a", "us/a", "eu/b", "us/b", "eu/c", "us/c", "eu/d", "us/d"), "eu"));
  }

  @Test
  void lossDoesNotTurnACutIntoDeath() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = zones(seed, each(5, "a", "b", "c"));
          sim.links(Link.lan().withLoss(0.05));
          cut(sim, "c");
          sim.run(CUT);
          nobodyDied(sim);
          sim.heal();
          sim.run(HEALED);
          nobodyDied(sim);
        });
  }

  @Test
  void cutInOneDirectionKillsNobody() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = zones(seed, each(5, "a", "b", "c"));
          for (SimNode near : notIn(sim, "c")) {
            for (SimNode far : in(sim, "c")) {
              sim.paths().cut(near.address(), far.address());
            }
          }
          sim.run(CUT);
          nobodyDied(sim);
          sim.heal();
          sim.runUntilConverged(HEALED);
          nobodyDied(sim);
        });
  }

  @Test
  void secondCutIsHeldLikeTheFirst() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = zones(seed, each(5, "a", "b", "c"));
          cutAndHealed(sim, "c");
          cutAndHealed(sim, "c");
          sim.run(Duration.ofSeconds(5));
          cutAndHealed(sim, "a");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "c/1"})
  void afterTheHoldTheSilentAreRemovedAndComeBackWhenTheCutHeals(String far) {
    Seeds.each(
        5,
        seed -> {
          Duration hold = Duration.ofSeconds(20);
          Simulation sim =
              zones(seed, config -> config.partitionHold(hold), each(5, "a/1", "b", far));
          List<SimNode> near = notIn(sim, "c");
          cut(sim, "c");
          sim.run(hold);
          nobodyDied(sim);
          sim.runUntil("two clusters", () -> Simulation.converged(near), Duration.ofSeconds(60));
          sim.heal();
          sim.runUntilConverged(Duration.ofSeconds(60));
          sim.run(Duration.ofSeconds(10));
          assertThat(allUnsuspected(sim)).isTrue();
          assertThat(near.get(0).report().unreachableZones()).isEmpty();
        });
  }

  @Test
  void withoutAHoldACutIsManyDeaths() {
    Simulation sim =
        zones(1, config -> config.partitionHold(Duration.ZERO), each(5, "a", "b", "c"));
    List<SimNode> near = notIn(sim, "c");
    cut(sim, "c");
    sim.runUntil("two clusters", () -> Simulation.converged(near), Duration.ofSeconds(60));
    assertThat(events(near.get(0), ZoneUnreachable.class)).isEmpty();
  }

  @Test
  void membersThatDieOnEitherSideOfACutAreFoundThereMeanwhileAndElsewhereAfterwards() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = zones(seed, each(12, "a", "b", "c"));
          cut(sim, "c");
          sim.run(Duration.ofSeconds(20));
          List<SimNode> far = in(sim, "c");
          List<SimNode> near = notIn(sim, "c");
          SimNode deadFar = far.get(3);
          SimNode deadNear = near.get(20);
          sim.silence(deadFar);
          sim.silence(deadNear);
          sim.runUntil(
              "found on its side",
              () ->
                  in(sim, "c").stream()
                          .noneMatch(node -> node.status(deadFar) == SUSPECT || node.sees(deadFar))
                      && notIn(sim, "c").stream()
                          .noneMatch(
                              node -> node.status(deadNear) == SUSPECT || node.sees(deadNear)),
              Duration.ofSeconds(20));
          assertThat(sim.falseDeaths()).isEmpty();
          sim.run(Duration.ofSeconds(20));
          assertThat(near.get(0).status(deadFar)).isEqualTo(SUSPECT);
          sim.heal();
          sim.runUntilConverged(HEALED);
          assertThat(sim.falseDeaths()).isEmpty();
        });
  }

  @Test
  void memberOfAZoneThatIsHeardIsRemovedNoLater() {
    List<Duration> with = removals(Duration.ofMinutes(5));
    List<Duration> without = removals(Duration.ZERO);
    for (int i = 0; i < with.size(); i++) {
      assertThat(with.get(i)).isLessThan(without.get(i).plusMillis(1_200));
    }
    assertThat(sum(with)).isLessThan(sum(without).plusMillis(300L * with.size()));
  }

  private static Duration sum(List<Duration> times) {
    return times.stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** How long two members of one zone are seen after their hosts fell silent. */
  private static List<Duration> removals(Duration hold) {
    List<Duration> times = new ArrayList<>();
    Seeds.each(
        10,
        seed -> {
          Simulation sim =
              zones(seed, config -> config.partitionHold(hold), each(5, "a", "b", "c"));
          List<SimNode> gone = in(sim, "b").subList(0, 2);
          gone.forEach(sim::silence);
          times.add(
              sim.runUntil(
                  "removed",
                  () ->
                      sim.running().stream()
                          .allMatch(node -> gone.stream().allMatch(it -> node.status(it) == DEAD)),
                  Duration.ofSeconds(30)));
          assertThat(sim.falseDeaths()).isEmpty();
        });
    return times;
  }

  @Test
  void zoneWhoseProcessesAreKilledIsRemovedAtOnce() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = zones(seed, each(5, "a", "b", "c"));
          List<SimNode> killed = in(sim, "b");
          killed.forEach(sim::crash);
          Duration removed = sim.runUntil("removed", () -> sim.converged(), Duration.ofSeconds(30));
          assertThat(removed).as("seed %s", seed).isLessThan(Duration.ofSeconds(8));
          assertThat(sim.running())
              .allSatisfy(node -> assertThat(events(node, ZoneUnreachable.class)).isEmpty());
        });
  }

  @Test
  void whereEnoughOfAZoneAnswerTheOthersAreDead() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = zones(seed, each(10, "a", "b", "c"));
          in(sim, "b").subList(0, 6).forEach(sim::silence);
          sim.runUntilConverged(Duration.ofSeconds(40));
          assertThat(sim.falseDeaths()).isEmpty();
        });
  }

  @Test
  void membersWithoutAZoneAreNotHeld() {
    Simulation sim = zones(1, "", "", "", "", "a", "a", "a", "a");
    List<SimNode> silent = List.copyOf(sim.nodes().subList(0, 4));
    silent.forEach(sim::silence);
    sim.runUntilConverged(Duration.ofSeconds(60));
    assertThat(sim.node(4).report().unreachableZones()).isEmpty();
  }

  @Test
  void smallerSideSaysThatItIsIsolatedAndTheLargerDoesNot() {
    Simulation sim = zones(1, each(5, "a", "b", "c"));
    cut(sim, "c");
    sim.run(Duration.ofSeconds(20));
    assertThat(in(sim, "c"))
        .allSatisfy(node -> assertThat(node.phase()).isEqualTo(Phase.ISOLATED))
        .allSatisfy(node -> assertThat(node.report().unreachableZones()).containsExactly("a", "b"));
    assertThat(notIn(sim, "c"))
        .allSatisfy(node -> assertThat(node.phase()).isEqualTo(Phase.JOINED));
    sim.heal();
    sim.runUntil("all alive", () -> allUnsuspected(sim), HEALED);
    assertThat(sim.running()).allSatisfy(node -> assertThat(node.phase()).isEqualTo(Phase.JOINED));
  }

  @Test
  void loneNodeKeepsItsLastView() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = zones(seed, each(5, "a", "b", "c"));
          SimNode alone = sim.node(7);
          List<SimNode> others = Clusters.others(sim, alone);
          sim.partition(others, List.of(alone));
          sim.run(Duration.ofSeconds(100));
          assertThat(alone.phase()).isEqualTo(Phase.ISOLATED);
          assertThat(alone.view().members()).hasSize(15);
          assertThat(others).allSatisfy(node -> assertThat(node.status(alone)).isEqualTo(DEAD));
          sim.heal();
          sim.runUntilConverged(Duration.ofSeconds(60));
        });
  }

  @Test
  void whatIsHeldIsProbedWithoutRelaysAndStreamsAndNotTalkedAbout() {
    Simulation sim = zones(1, each(12, "a", "b", "c"));
    cut(sim, "c");
    sim.run(Duration.ofSeconds(20));
    SimNode node = notIn(sim, "c").get(3);
    long streams = node.stats().count(Counter.FRAMES_SENT);
    long bytes = node.stats().count(Counter.DATAGRAM_BYTES_SENT);
    long probes = node.stats().count(Counter.PROBES);
    sim.run(Duration.ofSeconds(30));
    assertThat(node.stats().count(Counter.PROBES) - probes).isBetween(60L, 90L);
    assertThat(node.stats().count(Counter.FRAMES_SENT)).isEqualTo(streams);
    assertThat(node.stats().count(Counter.DATAGRAM_BYTES_SENT) - bytes).isLessThan(30 * 250L);
    assertThat(node.report().rumors()).isZero();
    assertThat(node.report().localHealth()).isZero();
  }
}

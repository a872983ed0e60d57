package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Recovered;
import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.membership.TrailEntry;
import io.gossip.membership.TrailEntry.Step;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.Clue.Note;
import io.gossip.swim.Stage.Actor;
import io.gossip.wire.Header;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailTest {

  /** One that believes what is said of whom it has just heard. */
  private static Stage credulous() {
    return new Stage(SwimConfig.lan().toBuilder().without(Rule.OWN_EARS).build());
  }

  private static List<TrailEntry> trail(Stage stage, Actor of) {
    return stage.swim.trail(stage.now(), of.id);
  }

  private static List<Step> steps(List<TrailEntry> trail) {
    return trail.stream().map(TrailEntry::step).toList();
  }

  private static <E extends MembershipEvent> List<E> events(Stage stage, Class<E> kind) {
    List<E> events = new ArrayList<>();
    for (MembershipEvent event : stage.events()) {
      if (kind.isInstance(event)) {
        events.add(kind.cast(event));
      }
    }
    return events;
  }

  private static Update.Suspect accusation(Actor of, Update.Charge... charges) {
    return new Update.Suspect(of.handle(), of.incarnation, List.of(charges));
  }

  @Test
  void whoWasNeverAccusedHasNone() {
    Stage stage = new Stage();
    Actor calm = stage.members(3).get(0);
    stage.passes(Duration.ofSeconds(10));

    assertThat(trail(stage, calm)).extracting(TrailEntry::step).containsOnly(Step.CALL_FAILED);
    assertThat(stage.swim.trail(stage.now(), stage.stranger("nobody").id)).isEmpty();
  }

  @Test
  void aProbeThatFailsSaysByWhichPathsItWasMade() {
    Stage stage = new Stage();
    List<Actor> others = stage.members(5);
    Actor silent = others.get(0);
    silent.answers = false;
    stage.passes(Duration.ofSeconds(8));

    List<TrailEntry> trail = trail(stage, silent);
    TrailEntry failed =
        trail.stream().filter(e -> e.step() == Step.PROBE_FAILED).findFirst().orElseThrow();
    assertThat(failed.by()).isEqualTo("self");
    assertThat(failed.detail())
        .startsWith("a ping in turn found no answer within ")
        .contains("of 3 relays 3 could not reach it, and 0 said nothing");
    assertThat(failed.roundTrip()).isNotNull();
    assertThat(failed.accuserHealth()).isNotNegative();
    assertThat(failed.age()).isPositive();
  }

  @Test
  void anAccusationSaysWhyTheTimerHasItsValue() {
    Stage stage = credulous();
    List<Actor> others = stage.members(12);
    Actor accused = others.get(0);
    accused.answers = false;

    others.get(1).says(accusation(accused, others.get(1).charge(accused, Evidence.UNANSWERED)));
    TrailEntry first = last(trail(stage, accused));
    others.get(2).says(accusation(accused, others.get(2).charge(accused, Evidence.SILENT)));
    TrailEntry second = last(trail(stage, accused));
    others.get(3).says(accusation(accused, others.get(3).charge(accused, Evidence.UNRESPONSIVE)));
    TrailEntry third = last(trail(stage, accused));

    assertThat(first.by()).isEqualTo(others.get(1).id.value());
    assertThat(first.evidence()).isEqualTo(Evidence.UNANSWERED);
    assertThat(first.detail()).contains("with 1 of the 3 accusers");
    assertThat(second.detail()).contains("not even its host answers");
    assertThat(second.timer()).isLessThan(first.timer());
    assertThat(third.detail()).contains("its host takes connections");
    assertThat(third.timer()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }

  private static TrailEntry last(List<TrailEntry> trail) {
    return trail.get(trail.size() - 1);
  }

  @Test
  void aSignOfLifeSaysWhatRefutedTheSuspicion() {
    Stage stage = credulous();
    List<Actor> others = stage.members(5);
    Actor accused = others.get(0);
    accused.answers = false;
    others.get(1).says(accusation(accused, others.get(1).charge(accused, Evidence.SILENT)));
    stage.passes(Duration.ofMillis(300));

    accused.says();
    Recovered heard = events(stage, Recovered.class).get(0);
    assertThat(heard.reason()).isEqualTo("a packet came from it, 300 ms after the suspicion arose");
    assertThat(last(heard.trail()).step()).isEqualTo(Step.REFUTED);

    others.get(1).says(accusation(accused, others.get(1).charge(accused, Evidence.SILENT)));
    others.get(2).says(accused.refuted(1));
    assertThat(events(stage, Recovered.class).get(0).reason())
        .isEqualTo("it refuted the suspicion itself, 0 ms after the suspicion arose");
    assertThat(last(trail(stage, accused)).by()).isEqualTo(accused.id.value());
  }

  @Test
  void whatComesAgainAndAgainDoesNotDriveOutTheFirstSigns() {
    Trail trail = new Trail(8);
    trail.add(clue(1, Note.HEARD)); // of another suspicion, like the next
    trail.add(clue(2, Note.LAST_LOOK));
    trail.add(clue(3, Note.RAISED));
    trail.add(clue(4, Note.CALL_FAILED));
    trail.add(clue(5, Note.HOST_SILENT));
    for (int at = 6; at < 60; at += 2) {
      trail.add(clue(at, Note.LAST_LOOK));
      trail.add(clue(at + 1, Note.IN_DOUBT));
    }

    List<TrailEntry> told = trail.told(60);
    assertThat(told).extracting(e -> 60 - e.age().toNanos()).contains(4L, 5L, 6L, 7L, 58L, 59L);
    assertThat(told).hasSize(8);
    assertThat(trail.firstSign(3, 60)).isEqualTo(4);
  }

  private static Clue clue(long at, Note note) {
    byte healthy = 0;
    return new Clue(at, note, "self", null, healthy, healthy, 0, 0, healthy, healthy);
  }

  @Test
  void aDeathHasItsReasonAsOneSentence() {
    Stage stage = credulous();
    List<Actor> others = stage.members(5);
    Actor gone = others.get(0);
    gone.answers = false;
    stage.events();

    others
        .get(1)
        .says(
            accusation(
                gone,
                others.get(1).charge(gone, Evidence.REFUSED),
                others.get(2).charge(gone, Evidence.REFUSED)));

    Failed failed = events(stage, Failed.class).get(0);
    assertThat(failed.reason())
        .isEqualTo("connection refused, as found by c and d; its process is gone, as 2 found");
    assertThat(stage.swim.stats().count(SwimStats.Counter.DEATHS_PROVEN)).isEqualTo(1);
    assertThat(stage.swim.report(stage.now()).lastMinute().deaths()).isEqualTo(1);
    assertThat(steps(failed.trail())).endsWith(Step.ACCUSED, Step.ACCUSED, Step.DEAD);
    assertThat(trail(stage, gone)).hasSameSizeAs(failed.trail());
  }

  @Test
  void whoLearnsOfADeathFromAPeerKnowsWhoseFindingItRestsOn() {
    Stage stage = credulous();
    List<Actor> others = stage.members(5);
    Actor gone = others.get(0);
    gone.answers = false;
    List<Update.Charge> charges =
        List.of(
            others.get(2).charge(gone, Evidence.REFUSED),
            others.get(3).charge(gone, Evidence.REFUSED));
    others.get(1).says(new Update.Dead(gone.handle(), gone.incarnation, charges));

    List<TrailEntry> trail = trail(stage, gone);
    assertThat(steps(trail)).endsWith(Step.ACCUSED, Step.ACCUSED, Step.DEAD);
    assertThat(trail.get(trail.size() - 2).by()).isEqualTo(others.get(3).id.value());
    assertThat(trail.get(trail.size() - 2).timer()).isNull();
    assertThat(last(trail).by()).as("who said so").isEqualTo(others.get(1).id.value());
    assertThat(stage.swim.report(stage.now()).lastMinute().deaths())
        .as("declared by this node")
        .isZero();
    stage.passes(Duration.ofSeconds(5));
    assertThat(last(trail(stage, gone)).step())
        .as("nothing after the verdict")
        .isEqualTo(Step.DEAD);
  }

  @Test
  void theFirstSignIsThePingThatWasNotAnswered() {
    Stage stage = new Stage();
    List<Actor> others = stage.members(5);
    others.get(0).answers = false;
    stage.events();
    stage.passes(Duration.ofSeconds(20));

    Failed failed = events(stage, Failed.class).get(0);
    Duration before = failed.sinceFirstSign().minus(failed.detection());
    TrailEntry probe =
        failed.trail().stream()
            .filter(e -> e.step() == Step.PROBE_FAILED)
            .findFirst()
            .orElseThrow();
    assertThat(before).isPositive().isLessThanOrEqualTo(probe.timer());
  }

  @Test
  void signsOfAFormerLifeAreNoSignsOfTheNextOnesEnd() {
    Stage stage = credulous();
    List<Actor> others = stage.members(5);
    Actor gone = others.get(0);
    Actor witness = others.get(1);
    gone.answers = false;
    witness.says(accusation(gone, witness.charge(gone, Evidence.SILENT)));
    stage.passes(Duration.ofSeconds(30));
    gone.generation++;
    witness.says(gone.alive()); // who has not been heard in this life
    stage.events();

    witness.says(
        new Update.Dead(gone.handle(), 0, List.of(witness.charge(gone, Evidence.REFUSED))));

    Failed failed = events(stage, Failed.class).get(0);
    assertThat(failed.sinceFirstSign()).isZero();
    assertThat(steps(failed.trail())).endsWith(Step.RESTARTED, Step.ACCUSED, Step.DEAD);
  }

  @Test
  void aVerdictThatIsPutOffSaysWhyOnce() {
    Stage stage = credulous();
    List<Actor> others = stage.members(8);
    Actor accused = others.get(0);
    accused.answers = false;
    stage.inputWaits = true;
    others.get(1).says(accusation(accused, others.get(1).charge(accused, Evidence.SILENT)));
    stage.passes(Duration.ofSeconds(4));

    List<TrailEntry> waits =
        trail(stage, accused).stream().filter(e -> e.step() == Step.PUT_OFF).toList();
    assertThat(waits).as("it is tried again every 20 ms").hasSizeBetween(1, 3);
    assertThat(waits.get(0).detail()).contains("input is unread that may refute it");
  }

  @Test
  void itKeepsTheLatestEightOnly() {
    Stage stage = credulous();
    List<Actor> others = stage.members(5);
    Actor flapping = others.get(0);
    for (int i = 0; i < 20; i++) {
      flapping.answers = false;
      others.get(1).says(accusation(flapping, others.get(1).charge(flapping, Evidence.SILENT)));
      flapping.answers = true;
      flapping.says();
    }

    List<TrailEntry> trail = trail(stage, flapping);
    assertThat(trail).hasSize(8);
    assertThat(last(trail).step()).isEqualTo(Step.REFUTED);
    assertThat(trail).isSortedAccordingTo((a, b) -> b.age().compareTo(a.age()));
  }

  @Test
  void anEventKeepsTheTrailAsItWasThen() {
    Stage stage = credulous();
    List<Actor> others = stage.members(5);
    Actor accused = others.get(0);
    accused.answers = false;
    stage.events();
    others.get(1).says(accusation(accused, others.get(1).charge(accused, Evidence.SILENT)));
    Suspected event = events(stage, Suspected.class).get(0);
    List<TrailEntry> then = List.copyOf(event.trail());

    stage.passes(Duration.ofSeconds(5));

    assertThat(trail(stage, accused)).hasSizeGreaterThan(then.size());
    assertThat(event.trail()).isEqualTo(then);
    assertThat(event.reason()).contains("no answer on UDP or TCP, as found by c; it has 2.0 s");
  }

  @Test
  void whoIsSuspectedWithItsZoneHasThatInItsTrail() {
    Simulation sim = new Simulation(13);
    for (int i = 0; i < 12; i++) {
      sim.start(sim.spec(i).inZone(i % 2 == 0 ? "a" : "b"));
    }
    sim.runUntilConverged(Duration.ofSeconds(30));
    sim.run(Duration.ofSeconds(5));
    SimNode watcher = sim.node(0);
    List<SimNode> here =
        sim.nodes().stream().filter(n -> n.self().zone().equals(watcher.self().zone())).toList();
    List<SimNode> there = sim.nodes().stream().filter(n -> !here.contains(n)).toList();
    sim.partition(here, there);
    sim.runUntil(
        "held", () -> !watcher.report().unreachableZones().isEmpty(), Duration.ofSeconds(60));

    assertThat(there)
        .allSatisfy(
            node ->
                assertThat(last(watcher.trail(node)).detail())
                    .isEqualTo(
                        "its zone is cut off: for 5 min 0 s nobody of it is declared dead for being"
                            + " silent"));
    sim.heal();
    sim.runUntil(
        "back", () -> watcher.report().unreachableZones().isEmpty(), Duration.ofSeconds(60));
    assertThat(there)
        .anySatisfy(
            node -> assertThat(last(watcher.trail(node)).detail()).startsWith("its zone is heard"));
  }

  @Test
  void itCanBeSwitchedOff() {
    Stage stage = new Stage(SwimConfig.lan().toBuilder().trailLength(0).build());
    List<Actor> others = stage.members(5);
    others.get(0).answers = false;
    stage.passes(Duration.ofSeconds(30));

    assertThat(trail(stage, others.get(0))).isEmpty();
  }

  @Test
  void aMemberTellsItsLocalHealthWithEveryPacket() {
    Stage stage = new Stage();
    Actor told = stage.members(2).get(0);
    assertThat(health(stage, told)).isEqualTo(-1); // as of a version that does not tell

    told.flags = Header.flags(false, 3);
    told.says();

    assertThat(health(stage, told)).isEqualTo(3);
    told.flags = Header.flags(true, 99);
    assertThat(new Header(1, told.flags, 0, 0, 0, 0).health()).isEqualTo(Header.MAX_HEALTH);
    assertThat(new Header(1, told.flags, 0, 0, 0, 0).pulls()).isTrue();
  }

  private static int health(Stage stage, Actor of) {
    return stage.swim.report(stage.now()).members().stream()
        .filter(report -> report.member().id().equals(of.id))
        .findFirst()
        .orElseThrow()
        .health();
  }

  @Test
  void everybodyCanSayWhyAKilledMemberIsGone() {
    Simulation sim = new Simulation(11).nodes(8);
    sim.runUntilConverged(Duration.ofSeconds(20));
    sim.run(Duration.ofSeconds(5));
    SimNode killed = sim.node(7);
    sim.crash(killed);
    sim.run(Duration.ofSeconds(5));

    for (SimNode node : sim.running()) {
      Failed failed = node.events(Failed.class, killed).get(0);
      assertThat(failed.reason()).startsWith("connection refused, as found by ");
      List<TrailEntry> trail = node.trail(killed);
      assertThat(steps(trail)).contains(Step.DEAD);
      assertThat(trail).allSatisfy(entry -> assertThat(entry.memberHealth()).isBetween(-1, 0));
    }
    assertThat(sim.running())
        .anySatisfy(
            node -> assertThat(last(node.trail(killed)).memberHealth()).as("told").isZero());
    assertThat(sim.running())
        .anySatisfy(
            node ->
                assertThat(steps(node.trail(killed)))
                    .startsWith(Step.LINK_LOST, Step.PROBE_FAILED, Step.ACCUSED));
  }

  @Test
  void aRestartedMemberKeepsTheTrailOfItsFormerLife() {
    Simulation sim = new Simulation(12).nodes(5);
    sim.runUntilConverged(Duration.ofSeconds(20));
    sim.run(Duration.ofSeconds(3));
    SimNode killed = sim.node(4);
    sim.crash(killed);
    sim.run(Duration.ofSeconds(5));
    SimNode back = sim.restart(killed);
    sim.runUntilConverged(Duration.ofSeconds(20));

    List<Step> steps = steps(sim.node(0).trail(back));
    assertThat(steps).contains(Step.DEAD).endsWith(Step.RESTARTED);
  }
}

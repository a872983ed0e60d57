package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.sim.NodeSpec;
import io.gossip.sim.SimNode;
import io.gossip.sim.SimSigner;
import io.gossip.sim.Simulation;
import io.gossip.wire.Header;
import io.gossip.wire.Message;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Protocol;
import io.gossip.wire.Statement;
import io.gossip.wire.Update;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * A cluster whose members sign, some of whom lie. That no view has what a member never said is
 * watched by the simulation in each step (S2).
 */
class InsiderTest {

  /** Members of which two lie; 100 is the goal (docs/SECURITY.md). */
  private static final int MEMBERS = Integer.getInteger("insider.members", 24);

  private static final long HASH = Header.clusterHash("default");

  /** For how long they do; 600 is the goal. */
  private static final int SECONDS = Integer.getInteger("insider.seconds", 14);

  /** Seconds in which all have heard enough wrong accusations: of an eighth of the members. */
  private static final int NAMED_WITHIN = Math.max(10, MEMBERS / 5);

  private static final Duration SOON = Duration.ofSeconds(60);

  private static Simulation signing(long seed, int members) {
    Simulation sim = new Simulation(seed).signing().initially(Map.of("color", "blue"));
    sim.nodes(members);
    sim.runUntilConverged(Duration.ofSeconds(20));
    return sim.run(Duration.ofSeconds(3));
  }

  @Test
  void signingClusterLearnsOfJoinsChangesLeavesAndCrashesLikeAnyOther() {
    Simulation sim = signing(1, 32);
    sim.add();
    assertThat(sim.runUntilConverged(Duration.ofSeconds(10))).isLessThan(Duration.ofMillis(1_500));
    sim.node(3).put("color", "red");
    assertThat(sim.runUntilConverged(Duration.ofSeconds(10))).isLessThan(Duration.ofMillis(1_500));
    sim.node(4).leave();
    assertThat(sim.runUntilConverged(Duration.ofSeconds(10))).isLessThan(Duration.ofMillis(1_500));
    SimNode killed = sim.node(5);
    sim.crash(killed);
    Duration gone =
        sim.runUntil(
            "removal",
            () -> sim.running().stream().noneMatch(node -> node.sees(killed)),
            Duration.ofSeconds(10));
    assertThat(gone).isLessThan(Duration.ofMillis(1_500));
    NodeSpec sixth = sim.node(6).spec();
    SimNode successor = sim.replace(sim.node(6), sixth.withId(sixth.id() + "-next"));
    assertThat(sim.runUntilConverged(Duration.ofSeconds(10))).isLessThan(Duration.ofSeconds(3));
    assertThat(sim.node(7).status(successor)).isEqualTo(MemberStatus.ALIVE);
    assertNothingForged(sim);
  }

  @Test
  void memberWhoseKeyLastsIsBackUnderItsNameAfterItWasKilled() {
    Simulation sim = new Simulation(6).signing(spec -> SimSigner.of(spec.id().value()).lasting());
    sim.nodes(8);
    sim.runUntilConverged(Duration.ofSeconds(20));
    SimNode again = sim.restart(sim.node(6));
    assertThat(sim.runUntilConverged(Duration.ofSeconds(10))).isLessThan(Duration.ofSeconds(3));
    assertThat(sim.node(7).status(again)).isEqualTo(MemberStatus.ALIVE);
    assertNothingForged(sim);
  }

  @Test
  void clusterThatWasCutInTwoComesTogetherAgainByItself() {
    Simulation sim = signing(2, 16);
    sim.partition(sim.nodes().subList(0, 8), sim.nodes().subList(8, 16));
    sim.run(Duration.ofSeconds(60));
    sim.heal();
    sim.runUntilConverged(Duration.ofSeconds(60));
    assertThat(sim.node(0).view().members()).hasSize(16);
    assertNothingForged(sim);
  }

  @Test
  void signingClusterLivesWithLoss() {
    Simulation sim = signing(3, 24);
    sim.faults().lose(sim.nodes(), 0.1, 0.1);
    for (int i = 0; i < 24; i++) {
      sim.node(i).put("round", "one");
      sim.run(Duration.ofSeconds(1));
    }
    sim.faults().endAll();
    sim.runUntilConverged(Duration.ofSeconds(30));
    assertNothingForged(sim);
  }

  private static void assertNothingForged(Simulation sim) {
    for (SimNode node : sim.running()) {
      assertThat(node.complaints()).as("%s", node).isEmpty();
    }
  }

  @Test
  void twoInsidersRemoveAndAlterNobodyAndAreNamedAtOnce() {
    assertHarmless(signing(4, MEMBERS));
  }

  @Test
  void norDoTheyWhereATenthOfAllDatagramsIsLost() {
    Simulation sim = signing(5, MEMBERS);
    sim.faults().lose(sim.nodes(), 0.05, 0.05);
    assertHarmless(sim);
  }

  private static void assertHarmless(Simulation sim) {
    sim.somebodyLies();
    List<SimNode> insiders = List.of(sim.node(MEMBERS - 2), sim.node(MEMBERS - 1));
    List<SimNode> honest = sim.nodes().subList(0, MEMBERS - 2);
    List<String> ends = new ArrayList<>();
    sim.listen(
        (observer, event) -> {
          boolean ended =
              event instanceof MembershipEvent.Failed
                  || event instanceof MembershipEvent.Left
                  || event instanceof MembershipEvent.Conflict
                  || event instanceof MembershipEvent.Restarted;
          if (ended && !insiders.contains(observer)) { // they believe their own lies
            ends.add(observer + ": " + event);
          }
        });

    for (int tenth = 0; tenth < 10 * SECONDS; tenth++) {
      for (SimNode insider : insiders) {
        accuse(sim, insider, insiders, honest);
        if (tenth
            > 10 * NAMED_WITHIN) { // earlier, the flood would keep their own accusations from being
          // heard
          lie(sim, insider, insiders, honest);
        }
      }
      sim.run(Duration.ofMillis(100));
      if (tenth == 10 * NAMED_WITHIN) {
        assertNamed(honest, insiders);
      }
    }

    assertThat(ends).isEmpty();
    for (SimNode node : honest) {
      assertThat(node.view().members()).hasSize(MEMBERS);
    }
    assertNamed(honest, insiders);
  }

  @Test
  void newsGetsAboutThoughNoAddressIsFreeOfLies() {
    Simulation sim = signing(7, 12);
    sim.somebodyLies();
    List<SimNode> insiders = List.of(sim.node(10), sim.node(11));
    List<SimNode> honest = sim.nodes().subList(0, 10);
    SimNode away = sim.node(0);
    lieFor(sim, insiders, honest, () -> false, Duration.ofSeconds(3));

    sim.partition(sim.nodes().subList(1, 12), List.of(away));
    sim.node(1).put("color", "red");
    BooleanSupplier known =
        () -> honest.stream().allMatch(node -> node == away || isRed(sim, node));
    assertThat(lieFor(sim, insiders, honest, known, SOON)).isLessThan(Duration.ofSeconds(3));
    lieFor(sim, insiders, honest, () -> false, Duration.ofSeconds(3)); // nobody spreads it now
    sim.heal();
    assertThat(lieFor(sim, insiders, honest, () -> isRed(sim, away), SOON))
        .isLessThan(Duration.ofSeconds(20));

    SimNode killed = sim.node(2);
    sim.crash(killed);
    List<SimNode> left = new ArrayList<>(honest);
    left.remove(killed);
    BooleanSupplier gone = () -> left.stream().noneMatch(node -> node.sees(killed));
    assertThat(lieFor(sim, insiders, left, gone, SOON)).isLessThan(Duration.ofSeconds(3));
    for (SimNode node : left) {
      assertThat(insiders).extracting(SimNode::address).containsAll(node.complaints());
      assertThat(node.stats().dropped(SwimStats.Drop.UNCHECKED)).isPositive();
    }
  }

  @Test
  void membersThatAreMadeUpRemoveNobodyAndLeaveRoomWhenTheyAreGone() {
    int most = 24;
    Simulation sim = new Simulation(8).signing();
    sim.config(config -> config.maxMembers(most)).nodes(8);
    sim.runUntilConverged(Duration.ofSeconds(20));
    sim.somebodyLies();
    SimNode insider = sim.node(7);
    List<SimNode> honest = List.copyOf(sim.nodes().subList(0, 7));
    List<String> ends = new ArrayList<>();
    sim.listen((observer, event) -> addIfEnd(ends, observer, event, honest));

    for (int i = 0; i < 100; i++) {
      SimNode to = honest.get(sim.random().nextInt(honest.size()));
      inject(sim, insider, to, List.of(madeUp(sim, i)));
      sim.run(Duration.ofMillis(10));
      assertThat(to.view().members().size() + to.view().departed().size())
          .isLessThanOrEqualTo(most);
    }
    assertThat(honest).allSatisfy(node -> assertThat(node.view().members()).hasSize(most));
    SimNode joiner = sim.add();
    BooleanSupplier taken = () -> honest.stream().allMatch(node -> node.sees(joiner));
    sim.runUntil("the joiner is known", taken, Duration.ofMinutes(5));
    assertThat(ends).isEmpty();
  }

  private static void addIfEnd(
      List<String> ends, SimNode observer, MembershipEvent event, List<SimNode> honest) {
    boolean ended =
        event instanceof MembershipEvent.Failed || event instanceof MembershipEvent.Forgotten;
    if (ended && honest.stream().anyMatch(node -> node.id().equals(event.member().id()))) {
      ends.add(observer + ": " + event);
    }
  }

  private static Update.Alive madeUp(Simulation sim, int number) {
    Member member =
        new Member(
            new NodeId("made-up-" + number),
            1_767_225_600_000L,
            0,
            MemberStatus.ALIVE,
            Simulation.address(1_000 + number),
            "",
            Protocol.RANGE,
            0,
            Map.of());
    sim.somebodyMakesUp(member);
    Update.Alive record =
        new Update.Alive(
            member.id(), member.generation(), 0, member.address(), "", member.protocol(), 0);
    return Stage.signed(record, SimSigner.of("made up " + number));
  }

  private static boolean isRed(Simulation sim, SimNode node) {
    return "red".equals(node.stateOf(sim.node(1)).get("color"));
  }

  /** Ten times a second, until something is so; how long that was. */
  private static Duration lieFor(
      Simulation sim,
      List<SimNode> insiders,
      List<SimNode> honest,
      BooleanSupplier enough,
      Duration most) {
    Duration lied = Duration.ZERO;
    while (lied.compareTo(most) < 0 && !enough.getAsBoolean()) {
      for (SimNode insider : insiders) {
        accuse(sim, insider, insiders, honest);
        lie(sim, insider, insiders, honest);
      }
      sim.run(Duration.ofMillis(100));
      lied = lied.plusMillis(100);
    }
    return lied;
  }

  /** Everybody can read who lies, and no other is named. */
  private static void assertNamed(List<SimNode> honest, List<SimNode> insiders) {
    for (SimNode node : honest) {
      assertThat(node.complaints())
          .containsExactlyInAnyOrder(insiders.get(0).address(), insiders.get(1).address());
    }
  }

  /** Each member, to one other: accusations have to be signed. */
  private static void accuse(
      Simulation sim, SimNode insider, List<SimNode> insiders, List<SimNode> honest) {
    for (SimNode about : honest) {
      SimNode to = honest.get(sim.random().nextInt(honest.size()));
      inject(sim, insider, to, accusations(record(insider, about), insiders));
    }
  }

  /** What is worse, about each member, to one other, under the address of a third. */
  private static void lie(
      Simulation sim, SimNode insider, List<SimNode> insiders, List<SimNode> honest) {
    RandomGenerator random = sim.random();
    for (SimNode about : honest) {
      SimNode to = honest.get(random.nextInt(honest.size()));
      SimNode scapegoat = honest.get(random.nextInt(honest.size()));
      inject(sim, scapegoat, to, lies(record(insider, about), insiders));
    }
  }

  private static Member record(SimNode insider, SimNode about) {
    return Objects.requireNonNull(insider.record(about.id()));
  }

  private static Signer signer(SimNode insider) {
    return Objects.requireNonNull(insider.signer());
  }

  private static void inject(Simulation sim, SimNode from, SimNode to, List<Message> messages) {
    sim.faults().inject(from.address(), to, packet(from, messages));
  }

  private static List<Message> accusations(Member subject, List<SimNode> insiders) {
    long handle = subject.identity().handle();
    int incarnation = subject.incarnation();
    List<Update.Charge> charges = new ArrayList<>();
    for (SimNode insider : insiders) {
      long accuser = insider.self().identity().handle();
      byte[] charge = Statement.charge(HASH, handle, incarnation, accuser, Evidence.REFUSED);
      charges.add(new Update.Charge(accuser, Evidence.REFUSED, signer(insider).sign(charge)));
    }
    return List.of(
        new Update.Suspect(handle, incarnation, charges),
        new Update.Dead(handle, incarnation, charges),
        new Update.Dead(handle, incarnation, List.of()));
  }

  private static List<Message> lies(Member subject, List<SimNode> insiders) {
    long handle = subject.identity().handle();
    int incarnation = subject.incarnation();
    Signer own = signer(insiders.get(0));
    Update.Alive moved =
        new Update.Alive(
            subject.id(),
            subject.generation(),
            incarnation + 1,
            insiders.get(0).address(),
            "",
            subject.protocol(),
            0);
    Update.Alive restarted =
        new Update.Alive(
            subject.id(),
            subject.generation() + 1,
            0,
            insiders.get(0).address(),
            "",
            subject.protocol(),
            0);
    List<Update.Entry> entries =
        List.of(new Update.Entry("color", subject.stateVersion() + 1, "black"));
    return List.of(
        Stage.signed(moved, own),
        Stage.signed(restarted, own),
        new Update.Refuted(handle, incarnation + 1, own.sign(new byte[1])),
        new Update.Left(handle, incarnation, own.sign(new byte[2])),
        new Update.State(
            handle,
            subject.stateVersion(),
            subject.stateVersion() + 1,
            0,
            0,
            entries,
            own.sign(new byte[3])));
  }

  private static ByteBuffer packet(SimNode from, List<Message> messages) {
    PacketWriter writer = new PacketWriter(4_096);
    Member self = from.self();
    writer.begin(
        new Header(1, 0, HASH, self.identity().handle(), self.incarnation(), from.view().hash()),
        4_096);
    for (Message message : messages) {
      assertThat(writer.add(message)).isTrue();
    }
    return writer.finish();
  }
}

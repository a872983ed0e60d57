package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.sim.Effect;
import io.gossip.sim.Link;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.wire.Message.BucketHashes;
import io.gossip.wire.Message.Digest;
import io.gossip.wire.Message.DigestEntry;
import io.gossip.wire.Message.Fetch;
import io.gossip.wire.Message.Offer;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AntiEntropyTest {

  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** Both know these many members, all rumors have been told, and each has answered the other. */
  private static Pair knowing(int members) {
    return knowing(new Pair(), members, members);
  }

  private static Pair knowing(Pair pair, int membersOfA, int membersOfB) {
    pair.a.pings();
    pair.b.pings();
    pair.a.learns(Pair.members(0, membersOfA, 0));
    pair.b.learns(Pair.members(0, membersOfB, 0));
    pair.rumorsEnd();
    return pair;
  }

  private static void repair(Pair pair) {
    pair.passes(INTERVAL);
    pair.a.pings();
  }

  @Test
  void pairThatHasNeverMetComparesItsViewsAsSoonAsItHasAlsoWhileTheyAreRestless() {
    Stage stage = new Stage();
    stage.members(3);
    Actor stranger = stage.stranger("x");
    stranger.disagrees = true;
    stranger.says(stranger.alive()); // by which the view changes: it is not time for a repair
    stage.effects();
    stranger.says(new BucketHashes(1, 0, List.of(1L, 2L)));
    List<Effect> effects = stage.effects();
    assertThat(Stage.messages(effects, Ping.class, stranger.address)).hasSize(1);
    // It has answered that: so it lives where it says, and may get an answer at length.
    assertThat(Stage.messages(effects, Digest.class, stranger.address)).isNotEmpty();
  }

  @Test
  void equalViewsAreNotCompared() {
    Pair pair = knowing(300);

    repair(pair);

    assertThat(pair.agree()).isTrue();
    assertThat(pair.a.said(BucketHashes.class)).isEmpty();
    assertThat(pair.b.said(BucketHashes.class)).isEmpty();
    assertThat(pair.bytes()).isLessThan(150); // a ping and its answer
  }

  @Test
  void oneChangeAmongTenThousandCostsThreeKilobytes() {
    Pair pair = knowing(10_000);
    pair.b.learns(Pair.member(1_234, 1));
    pair.rumorsEnd();

    repair(pair);

    assertThat(pair.agree()).isTrue();
    assertThat(pair.a.said(BucketHashes.class)).hasSize(1);
    assertThat(pair.b.said(Digest.class)).hasSize(1);
    assertThat(pair.bytes()).isLessThan(3_000);
  }

  @Test
  void oneChangeAmongThreeHundredCostsLessThanHalfAKilobyte() {
    Pair pair = knowing(300);
    pair.a.learns(Pair.member(123, 1));
    pair.rumorsEnd();

    repair(pair);

    assertThat(pair.agree()).isTrue();
    assertThat(pair.bytes()).isLessThan(700);
  }

  @Test
  void smallViewsAreDigestedAtOnce() {
    Pair pair = knowing(20);
    pair.b.learns(Pair.member(3, 1));
    pair.rumorsEnd();

    repair(pair);

    assertThat(pair.agree()).isTrue();
    assertThat(pair.a.said(BucketHashes.class)).isEmpty();
    assertThat(pair.a.said(Digest.class)).hasSize(1);
    assertThat(pair.b.said(Update.Alive.class)).contains(Pair.member(3, 1));
  }

  @Test
  void viewsOfDifferentSizesAreComparedFromEitherSide() {
    for (boolean largerBegins : List.of(true, false)) {
      Pair pair = knowing(new Pair(), 2_000, 150);
      Pair.Side beginner = largerBegins ? pair.a : pair.b;

      for (int i = 0; i < 8 && !pair.agree(); i++) {
        pair.passes(INTERVAL);
        beginner.pings();
      }

      assertThat(pair.agree()).as("larger begins: %s", largerBegins).isTrue();
      assertThat(pair.b.swim.membership().members()).hasSize(2_002);
    }
  }

  @Test
  void fewRecordsThatAreLackingAreSentAndManyAreOfferedFirst() {
    Pair few = knowing(20);
    few.b.learns(Pair.members(20, 24, 0));
    few.rumorsEnd();
    Pair many = knowing(20);
    many.b.learns(Pair.members(20, 40, 0));
    many.rumorsEnd();

    repair(few);
    repair(many);

    assertThat(few.agree()).isTrue();
    assertThat(few.a.said(Fetch.class)).isEmpty();
    assertThat(few.b.said(Update.Alive.class)).contains(Pair.members(20, 24, 0));
    assertThat(many.agree()).isTrue();
    assertThat(many.b.said(Offer.class).get(0).entries()).hasSize(20);
    assertThat(many.a.said(Fetch.class)).hasSize(1);
  }

  @Test
  void whoIsNotListedBecauseItIsDeadThereIsFoundOut() {
    Pair pair = knowing(20);
    pair.b.learns(new Update.Dead(Pair.handle(5), 0, List.of()));
    pair.rumorsEnd();

    pair.passes(INTERVAL);
    pair.b.pings(); // so that it is the one who holds the member for dead who sends the digest

    assertThat(pair.a.said(Offer.class)).hasSize(1);
    assertThat(pair.b.said(Update.Suspect.class))
        .extracting(Update.Suspect::handle)
        .containsExactly(Pair.handle(5));
    assertThat(pair.a.swim.membership().find(new NodeId("m5")).map(Member::status))
        .contains(MemberStatus.SUSPECT);
  }

  @Test
  void manyRefutationsAreTakenOverWithoutRecordsAndNotMadeRumors() {
    Pair pair = knowing(1_000);
    pair.a.learns(Pair.members(0, 300, 1));
    pair.b.learns(Pair.members(500, 800, 1));
    pair.rumorsEnd();

    repair(pair);

    assertThat(pair.agree()).isTrue();
    assertThat(pair.a.said(Update.Alive.class)).hasSize(1); // itself
    assertThat(pair.b.said(Update.Alive.class)).isEmpty();
    assertThat(pair.a.said(Fetch.class)).isEmpty();
    assertThat(pair.b.said(Fetch.class)).isEmpty();
    assertThat(pair.bytes()).isLessThan(20_000);
    pair.forget();
    repair(pair);
    assertThat(pair.bytes()).isLessThan(150); // no rumors came of it
  }

  @Test
  void oneRefutationIsSpreadByWhoTakesItOver() {
    Pair pair = knowing(300);
    pair.b.learns(Pair.member(7, 1));
    pair.rumorsEnd();
    repair(pair);
    assertThat(pair.agree()).isTrue();

    pair.forget();
    pair.a.pings();

    assertThat(pair.a.swim.report(0).rumors()).isEqualTo(1);
  }

  @Test
  void deadMemberComesBackInTheIncarnationThatADigestShows() {
    Pair pair = knowing(300);
    pair.a.learns(new Update.Dead(Pair.handle(5), 0, List.of()));
    pair.b.learns(Pair.member(5, 1));
    pair.rumorsEnd();

    repair(pair);

    assertThat(pair.agree()).isTrue();
    assertThat(pair.a.swim.membership().find(new NodeId("m5")).map(Member::incarnation))
        .contains(1);
    assertThat(pair.a.said(Fetch.class)).isEmpty();
  }

  @Test
  void nobodyElseRaisesTheOwnIncarnation() {
    Pair pair = knowing(20);
    long own = pair.a.swim.membership().self().identity().handle();
    Stage stage = new Stage();
    Stage.Actor actor = stage.member("b");
    long self = stage.swim.membership().self().identity().handle();

    actor.says(new Digest(self, self, List.of(new DigestEntry(self, 7, 0))));

    assertThat(stage.swim.membership().self().incarnation()).isZero();
    assertThat(own).isNotEqualTo(self);
  }

  @Test
  void whatDidNotFitComesFirstInTheNextRepair() {
    Pair pair = knowing(4_000);
    pair.b.learns(Pair.members(0, 4_000, 1));
    pair.rumorsEnd();

    goesOnWhereItStopped(pair);
  }

  @Test
  void whatTheBandwidthCapHeldBackComesFirstInTheNextRepair() {
    Pair pair = knowing(new Pair(Pair.QUIET.toBuilder().bandwidth(40_000).build()), 1_500, 1_500);
    pair.b.learns(Pair.members(0, 1_500, 1));
    pair.rumorsEnd();

    goesOnWhereItStopped(pair);
  }

  private static void goesOnWhereItStopped(Pair pair) {
    List<Digest> first = digestsOfOneRepair(pair);
    assertThat(pair.agree()).isFalse();

    List<Digest> second = digestsOfOneRepair(pair);

    Digest last = first.get(first.size() - 1);
    assertThat(second.get(0).from()).isEqualTo(last.to() + 1);
    for (int i = 0; i < 3 && !pair.agree(); i++) {
      repair(pair);
    }
    assertThat(pair.agree()).isTrue();
  }

  @Test
  void recordsFindRoomUnderTheBandwidthCap() {
    Pair pair = knowing(new Pair(Pair.QUIET.toBuilder().bandwidth(40_000).build()), 200, 1_200);
    List<Update> states = new ArrayList<>();
    for (int i = 200; i < 1_200; i++) {
      states.add(
          new Update.State(
              Pair.handle(i), 0, 1, 0, 0, List.of(new Update.Entry("k", 1, "v".repeat(60)))));
    }
    pair.b.learns(states.toArray(Update[]::new));
    pair.rumorsEnd();

    for (int i = 0; i < 40 && !pair.agree(); i++) {
      pair.passes(INTERVAL);
      (i % 2 == 0 ? pair.a : pair.b).pings();
    }

    assertThat(pair.agree()).isTrue();
  }

  private static List<Digest> digestsOfOneRepair(Pair pair) {
    pair.forget();
    repair(pair);
    return pair.b.said(Digest.class);
  }

  @Test
  void lostDigestIsAllThatTheNextRepairHasToBring() {
    Pair pair = knowing(1_000);
    pair.b.learns(Pair.members(0, 1_000, 1));
    pair.rumorsEnd();
    pair.digestsUntilLoss = 3;

    repair(pair);

    long missing = IntStream.range(0, 1_000).filter(i -> incarnationAtA(pair, i) == 0).count();
    assertThat(missing).isBetween(80L, 140L);
    int digests = pair.b.said(Digest.class).size();
    pair.forget();
    repair(pair);
    assertThat(pair.agree()).isTrue();
    assertThat(pair.b.said(Digest.class)).hasSizeLessThanOrEqualTo(2);
    assertThat(digests).isGreaterThan(6);
  }

  private static int incarnationAtA(Pair pair, int number) {
    return pair.a.swim.membership().find(new NodeId("m" + number)).orElseThrow().incarnation();
  }

  @Test
  void halvesThatChangedWhollyApartAgreeSoonAfterAlsoUnderLoss() {
    for (double loss : List.of(0.0, 0.1)) {
      Simulation sim = new Simulation(1).assembled(100).links(Link.lan().withLoss(loss));
      sim.run(Duration.ofSeconds(2));
      sim.partition(sim.nodes().subList(0, 50), sim.nodes().subList(50, 100));
      for (SimNode node : sim.nodes()) {
        node.put("half", "one of its own");
      }
      sim.run(Duration.ofSeconds(2));
      assertThat(sim.converged()).isFalse();

      sim.heal();

      Duration took = sim.runUntil("one hash", () -> haveOneHash(sim), Duration.ofSeconds(20));
      assertThat(took).as("at %s loss", loss).isLessThan(Duration.ofSeconds(10));
      assertThat(sim.falseDeaths()).isEmpty();
    }
  }

  private static boolean haveOneHash(Simulation sim) {
    long hash = sim.node(0).view().hash();
    return sim.nodes().stream().allMatch(node -> node.view().hash() == hash);
  }

  @Test
  void sumsAtAnyNumberOfBitsAndInPartsAreAnswered() {
    Stage stage = new Stage(Pair.QUIET);
    Stage.Actor actor = stage.member("b");
    List<Update> others = new ArrayList<>(List.of(Pair.members(0, 400, 0)));
    actor.says(others.toArray(Update[]::new));
    stage.passes(Duration.ofSeconds(1));
    stage.effects();

    for (int bits : List.of(1, 5, 7)) {
      int first = 1 << (bits - 1);
      List<Long> nothing = IntStream.range(first, 1 << bits).mapToObj(i -> 0L).toList();
      actor.says(new BucketHashes(bits, first, nothing));

      List<Digest> digests = stage.sent(Digest.class, actor);
      assertThat(digests).as("at %s bits", bits).isNotEmpty();
      long told = digests.stream().mapToLong(digest -> digest.entries().size()).sum();
      long upperHalf =
          stage.swim.membership().members().stream()
              .filter(member -> member.identity().handle() < 0)
              .count();
      assertThat(told).as("at %s bits", bits).isEqualTo(upperHalf);
    }
  }
}

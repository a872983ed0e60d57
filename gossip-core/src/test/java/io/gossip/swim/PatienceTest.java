package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.MemberStatus;
import io.gossip.sim.Effect;
import io.gossip.sim.SimSigner;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.Message;
import io.gossip.wire.OwnerKey;
import io.gossip.wire.Signature;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one that lies can cost the others, and that it silences nobody by that. */
class PatienceTest {

  /** Counts what a verification would cost. */
  private static final class Counting implements Signer {
    private final SimSigner signer = SimSigner.of("self");
    int verifications;

    @Override
    public OwnerKey key() {
      return signer.key();
    }

    @Override
    public Signature sign(byte[] statement) {
      return signer.sign(statement);
    }

    @Override
    public boolean isSignedBy(OwnerKey key, byte[] statement, Signature signature) {
      verifications++;
      return signer.isSignedBy(key, statement, signature);
    }

    @Override
    public boolean isRequired() {
      return true;
    }
  }

  private final Counting signer = new Counting();
  private final Stage stage = new Stage(SwimConfig.lan(), List.of(), signer);
  private final List<Actor> members = new ArrayList<>();
  private final Actor victim;
  private final Actor insider;

  PatienceTest() {
    for (String name : List.of("b", "c", "d", "e", "f", "g", "h")) {
      members.add(stage.member(name, SimSigner.of(name)));
    }
    victim = members.get(0);
    insider = members.get(1);
    stage.effects();
    signer.verifications = 0;
  }

  /** So many packets with a lie in each that seem to come from there. */
  private void lies(Actor from, int times) {
    for (int i = 0; i < times; i++) {
      from.says(new Update.Refuted(members.get(3).handle(), 1 + i, insider.alive().signature()));
    }
  }

  private static long unchecked(Stage stage) {
    return stage.swim.stats().dropped(Drop.UNCHECKED);
  }

  private long lastPing(Actor to) {
    List<Message.Ping> pings = Stage.messages(stage.effects(), Message.Ping.class, to.address);
    assertThat(pings).as("pings to %s", to.id).isNotEmpty();
    return pings.get(pings.size() - 1).nonce();
  }

  @Test
  void whoLiesTooMuchIsNotLookedAtForAWhile() {
    lies(insider, 1_000);
    assertThat(signer.verifications).isEqualTo(Patience.EACH);
    assertThat(unchecked(stage)).isEqualTo(1_000 - Patience.EACH);
    assertThat(stage.effects())
        .contains(new Effect.Refused(null, Misconduct.UNCHECKED, "")); // nor named, if not proven

    stage.passes(Duration.ofSeconds(10));
    insider.says(victim.refuted(1));
    assertThat(victim.record().incarnation()).isEqualTo(1);
  }

  @Test
  void oneThatLiesTakesNothingFromOthers() {
    lies(insider, 1_000);
    victim.says(victim.refuted(1));

    assertThat(victim.record().incarnation()).isEqualTo(1);
    assertThat(unchecked(stage)).isEqualTo(1_000 - Patience.EACH);
  }

  @Test
  void liesUnderAllAddressesCostABoundedNumberOfVerifications() {
    for (int i = 0; i < 20; i++) {
      members.add(stage.member("m" + i, SimSigner.of("m" + i)));
    }
    signer.verifications = 0;
    for (int i = 0; i < 100; i++) {
      members.forEach(member -> lies(member, 10));
      stage.passes(Duration.ofMillis(10));
    }
    assertThat(signer.verifications).isBetween(Patience.EACH, Patience.ALL + 60);
  }

  @Test
  void memberWhoseAddressIsForgedIsAskedForWhatItSays() {
    Update.State news = members.get(2).state(1, "color", "blue");
    victim.answers = false;
    members.forEach(member -> lies(member, 100));
    victim.says(news);
    assertThat(members.get(2).record().state()).isEmpty();

    victim.says(new Message.Ack(lastPing(victim), 0), news);
    assertThat(members.get(2).record().state()).containsEntry("color", "blue");
  }

  @Test
  void oneThatLiesInItsAnswersIsNamedAndNotLookedAtEvenThere() {
    insider.answers = false;
    for (int i = 0; i < 2 * Patience.EACH; i++) {
      stage.swim.reportFailure(stage.now(), insider.id);
      stage.react();
      long nonce = lastPing(insider);
      insider.says(
          new Message.Ack(nonce, 0),
          new Update.Refuted(victim.handle(), 1, insider.alive().signature()));
    }
    assertThat(signer.verifications).isEqualTo(Patience.EACH);
    assertThat(stage.effects())
        .contains(new Effect.Refused(insider.address, Misconduct.UNCHECKED, ""));
    assertThat(insider.status()).isEqualTo(MemberStatus.ALIVE);
  }

  @Test
  void viewsAreComparedOverAStreamWhereDatagramsAreNotLookedAt() {
    stage.passes(Duration.ofSeconds(30));
    lies(victim, 100);
    stage.effects();
    victim.disagrees = true;
    victim.says(); // that its view is another

    List<InetSocketAddress> asked = new ArrayList<>();
    for (Effect effect : stage.effects()) {
      if (effect instanceof Effect.Connected connected) {
        asked.add(connected.to());
      }
    }
    assertThat(asked).containsExactly(victim.address);
  }

  @Test
  void joinersWithSignaturesThatAreNoneAreBoundedForEachMachine() {
    Actor joiner = stage.stranger("joiner");
    joiner.signer = SimSigner.of("joiner");
    Update.Alive other = stage.stranger("other").alive();
    for (int i = 0; i < 100; i++) {
      long stream = -1L - i;
      stage.accepts(stream, insider.address);
      joiner.writes(
          stream,
          new Message.Join(i),
          new Update.Alive(
              joiner.id,
              joiner.generation,
              0,
              joiner.address,
              "",
              other.protocol(),
              0,
              joiner.alive().owner(),
              insider.alive().signature()));
    }
    assertThat(signer.verifications).isEqualTo(Patience.EACH);

    stage.accepts(-1_000, joiner.address);
    joiner.writes(-1_000, new Message.Join(7), joiner.alive());
    stage.passes(Duration.ofSeconds(1));
    assertThat(joiner.status()).isEqualTo(MemberStatus.ALIVE);
  }
}

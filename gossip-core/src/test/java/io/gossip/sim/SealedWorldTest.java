package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.Rejection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Clusters whose datagrams are sealed by real ciphers, in virtual time (S10, S11, L6). */
class SealedWorldTest {

  private static final Key OLD = Key.random(new SplittableRandom(1));
  private static final Key NEW = Key.random(new SplittableRandom(2));

  private static void everywhere(Simulation sim, Keyring ring) {
    sim.sealing(ring); // who begins from now on is configured so
    for (SimNode node : sim.running()) {
      sim.run(Duration.ofMillis(sim.random().nextInt(200)));
      node.keyring(ring);
    }
  }

  @Test
  void keysChangeUnderLossAndRestartsAndNobodyIsMissed() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim =
              new Simulation(seed).sealing(Keyring.of(OLD)).links(Link.lan().withLoss(0.1));
          sim.promises().nobodyDiesWrongly(true);
          sim.nodes(16);
          sim.runUntilConverged(Duration.ofSeconds(20));
          for (Keyring step :
              List.of(Keyring.of(OLD, NEW), Keyring.of(NEW, OLD), Keyring.of(NEW))) {
            everywhere(sim, step);
            SimNode restarted = sim.running().get(sim.random().nextInt(16));
            sim.crash(restarted);
            sim.run(Duration.ofMillis(sim.random().nextInt(2_000)));
            sim.restart(restarted);
            sim.run(Duration.ofSeconds(5));
          }
          sim.runUntilConverged(Duration.ofSeconds(20));
          for (SimNode node : sim.running()) {
            assertThat(node.view().members()).hasSize(16);
          }
          long before = rejected(sim, Rejection.KEY);
          sim.run(Duration.ofSeconds(20));
          assertThat(rejected(sim, Rejection.KEY)).isEqualTo(before);
          assertThat(rejected(sim, Rejection.TAG)).isZero();
        });
  }

  private static long rejected(Simulation sim, Rejection reason) {
    return sim.nodes().stream().mapToLong(node -> node.sealStats().rejected(reason)).sum();
  }

  @Test
  void whatANetworkRepeatsAndDamagesIsTakenOnceOrNotAtAll() {
    Seeds.each(
        2,
        seed -> {
          Link bad =
              Link.lan()
                  .withDuplication(0.1)
                  .withReplay(0.2)
                  .withCorruption(0.02)
                  .withTruncation(0.02);
          Simulation sim = new Simulation(seed).sealing(Keyring.of(OLD)).links(bad).nodes(8);
          sim.runUntilConverged(Duration.ofSeconds(20));
          sim.restart(sim.node(7));
          sim.runUntilConverged(Duration.ofSeconds(20));
          sim.run(Duration.ofSeconds(30));
          assertThat(rejected(sim, Rejection.REPLAY)).isPositive();
          assertThat(rejected(sim, Rejection.TAG)).isPositive();
        });
  }

  @Test
  void oneWithAnotherKeyNeverComesIn() {
    Simulation sim = new Simulation(1).sealing(Keyring.of(OLD)).nodes(4);
    sim.runUntilConverged(Duration.ofSeconds(5));
    sim.sealing(Keyring.of(NEW));
    SimNode stranger = sim.add();
    sim.run(Duration.ofSeconds(30));
    // Its streams are plain here, so that it asks; but nobody reaches it by a datagram.
    assertThat(stranger.sealStats().delivered()).isZero();
    for (SimNode node : sim.nodes().subList(0, 4)) {
      assertThat(node.sealStats().rejected(Rejection.KEY)).isPositive();
    }
  }

  @Test
  void massStartOfSealedNodesComesToOneViewAsSoonAsOneOfPlainNodes() {
    Seeds.each(
        2,
        seed -> {
          Simulation plain = new Simulation(seed).links(Link.lan().withLoss(0.05)).nodes(64);
          Simulation sealed =
              new Simulation(seed)
                  .sealing(Keyring.of(OLD))
                  .links(Link.lan().withLoss(0.05))
                  .nodes(64);
          Duration without = plain.runUntilConverged(Duration.ofSeconds(30));
          Duration with = sealed.runUntilConverged(Duration.ofSeconds(30));
          assertThat(with).isLessThan(without.plusSeconds(2));
          assertThat(sealed.falseDeaths()).isEmpty();
        });
  }

  @Test
  void sameSeedGivesTheSameSealedWorld() {
    assertThat(hash()).isEqualTo(hash());
  }

  private static String hash() {
    return new Simulation(3)
        .sealing(Keyring.of(OLD))
        .links(Link.lan().withLoss(0.1))
        .nodes(6)
        .run(Duration.ofSeconds(5))
        .traceHash();
  }

  @Test
  void ledgerNoticesANonceThatComesTwiceAndASessionOfTwo() {
    NonceLedger ledger = new NonceLedger();
    ledger.sealed("a", datagram(7, 1));
    ledger.sealed("a", datagram(7, 2));
    assertThatThrownBy(() -> ledger.sealed("a", datagram(7, 2))).hasMessageContaining("S11");
    assertThatThrownBy(() -> ledger.sealed("b", datagram(7, 3))).hasMessageContaining("S11");
    ledger.sealed("b", datagram(8, 1));
    assertThat(ledger.sessions()).isEqualTo(2);
  }

  private static ByteBuffer datagram(long session, int counter) {
    return ByteBuffer.allocate(48)
        .putLong(NonceLedger.SESSION_AT, session)
        .putInt(NonceLedger.COUNTER_AT, counter);
  }
}

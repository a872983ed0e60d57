package io.gossip.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.NonceLedger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * No key and nonce come twice, whatever members go through (S11): a hundred senders that are
 * restarted, use their sessions up, answer, send again, and change keys to and fro.
 *
 * <p>The long form, in one go: {@code -Dnonces.packets=100000000}.
 */
class NonceTest {

  private static final long PACKETS = Long.getLong("nonces.packets", 100_000);
  private static final int SENDERS = 100;
  private static final int NEIGHBOURS = 3;
  private static final int RESTART_ONE_IN = 2_000;
  private static final int CHANGE_KEYS_ONE_IN = 20_000;
  private static final long STEP_NANOS = 1_000_000L;

  /** Enough for some to use a session up between two restarts. */
  private static final PacketLimits LIMITS = new PacketLimits(400, 64, 16, 64, 16, 8);

  private final SplittableRandom random = new SplittableRandom(1);
  private final SecureRandom secure = new SecureRandom();
  private final Key[] keys = {
    Key.random(new SplittableRandom(1)), Key.random(new SplittableRandom(2))
  };
  private final NonceLedger ledger = new NonceLedger();
  private final Party[] senders = new Party[SENDERS];
  private int primary;
  private long now;

  @Test
  void noKeyAndNonceComeTwice() {
    for (int i = 0; i < SENDERS; i++) {
      restart(i);
    }
    ByteBuffer message = ByteBuffer.allocate(100);
    while (ledger.datagrams() < PACKETS) {
      now += STEP_NANOS;
      if (random.nextInt(RESTART_ONE_IN) == 0) {
        restart(random.nextInt(SENDERS));
      }
      if (random.nextInt(CHANGE_KEYS_ONE_IN) == 0) {
        primary = 1 - primary;
        for (Party sender : senders) {
          sender.cipher.keyring(ring(), now);
        }
      }
      int sender = random.nextInt(SENDERS);
      Party from = senders[sender];
      Party to = senders[(sender + 1 + random.nextInt(NEIGHBOURS)) % SENDERS];
      send(from, to, from.cipher.seal(message, to.address, now));
    }
    assertThat(ledger.sessions()).isGreaterThan(SENDERS);
  }

  /** A datagram goes to its receiver, and what is to be answered goes back, until nothing is. */
  private void send(Party from, Party to, ByteBuffer sealed) {
    ByteBuffer datagram = ByteBuffer.wrap(Party.copy(sealed));
    ledger.sealed(from, datagram);
    Opened opened = to.cipher.open(datagram, from.address, now);
    if (opened.outcome() == Opened.Outcome.ANSWER || opened.outcome() == Opened.Outcome.RESEND) {
      send(to, from, opened.bytes());
    }
  }

  private void restart(int number) {
    PacketLimits limits = number % 2 == 0 ? LIMITS : PacketLimits.DEFAULT;
    PacketCipher cipher = new PacketCipher(ring(), Party.CLUSTER, secure, limits);
    senders[number] = new Party(1_000 + number, cipher);
  }

  /** Sometimes only the primary, so that a key that comes back has been gone. */
  private Keyring ring() {
    return random.nextInt(3) == 0
        ? Keyring.of(keys[primary])
        : Keyring.of(keys[primary], keys[1 - primary]);
  }
}

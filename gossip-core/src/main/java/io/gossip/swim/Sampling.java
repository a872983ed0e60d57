package io.gossip.swim;

import io.gossip.wire.Message.Ping;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether the last change of the own state has arrived: a few members, at times after it that
 * {@link Convergence} could else only wait for. The question takes nothing along, so it does not
 * bring what it asks for.
 *
 * <p>After each change two members are asked, drawn from all, one soon and one late; over {@link
 * #STEPS} / 2 changes, at times that double from a sixteenth of the gossip interval on.
 */
final class Sampling {

  private static final int QUESTIONS = 2;
  private static final int STEPS = 8;
  private static final int FIRST_SHARE = 16; // of the gossip interval

  private final MembershipList list;
  private final Outbox outbox;
  private final Timers timers;
  private final RandomGenerator random;
  private final long first;
  private final long[] nonces = new long[QUESTIONS];
  private final @Nullable Peer[] asked = new @Nullable Peer[QUESTIONS];
  private long version;
  private int turn;

  Sampling(
      SwimConfig config,
      MembershipList list,
      Outbox outbox,
      Timers timers,
      RandomGenerator random) {
    this.list = list;
    this.outbox = outbox;
    this.timers = timers;
    this.random = random;
    this.first = Math.max(1, config.gossipInterval().toNanos() / FIRST_SHARE);
  }

  /** The own state has changed; who would have been asked for the change before it is not. */
  void begin(long now) {
    version = list.self().state.version();
    for (int question = 0; question < QUESTIONS; question++) {
      long from = first << (turn + question * STEPS / QUESTIONS);
      timers.at(now + from + random.nextLong(from), new Timer.Sample(version, question));
    }
    turn = (turn + 1) % (STEPS / QUESTIONS);
  }

  /** Time for a question about this version. */
  void ask(long now, long about, int question) {
    Peer member = about == version ? anybody() : null;
    if (member == null || !outbox.hasRoom(now)) {
      return;
    }
    nonces[question] = random.nextLong();
    asked[question] = member;
    outbox.sendBare(now, member.address(), new Ping(nonces[question], member.handle));
  }

  private @Nullable Peer anybody() {
    int others = list.activeCount() - 1;
    if (others < 1) {
      return null;
    }
    Peer drawn = list.active(random.nextInt(others));
    return drawn == list.self()
        ? list.active(others)
        : drawn; // who has the place that is not drawn
  }

  /** An answer; whether it was one to this. */
  boolean acked(long nonce, Peer sender) {
    for (int question = 0; question < QUESTIONS; question++) {
      if (nonces[question] == nonce && asked[question] == sender) {
        asked[question] = null;
        return true;
      }
    }
    return false;
  }
}

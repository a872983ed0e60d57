package io.gossip.swim;

import io.gossip.membership.Evidence;
import io.gossip.wire.Message;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pings over streams, one stream each. What the peer's kernel does with the connection tells a host
 * that is gone from a process that pauses, and that from one that has crashed.
 */
final class StreamPings {

  /**
   * How a ping ended.
   *
   * @param nonce of the ping
   * @param evidence what it showed; {@code null} if the target answered
   */
  record Outcome(long nonce, @Nullable Evidence evidence) {}

  private static final class Attempt {
    final long nonce;
    final long target;
    final long deadline;
    boolean connected;

    Attempt(long nonce, long target, long deadline) {
      this.nonce = nonce;
      this.target = target;
      this.deadline = deadline;
    }
  }

  private final StreamNumbers numbers;
  private final Outbox outbox;
  private final Timers timers;
  private final Output output;
  private final Map<Long, Attempt> attempts = new LinkedHashMap<>();

  StreamPings(StreamNumbers numbers, Outbox outbox, Timers timers, Output output) {
    this.numbers = numbers;
    this.outbox = outbox;
    this.timers = timers;
    this.output = output;
  }

  /** How many are under way. */
  int underWay() {
    return attempts.size();
  }

  boolean owns(long stream) {
    return attempts.containsKey(stream);
  }

  /** Begins one, with one deadline for all of it. */
  void ping(long now, InetSocketAddress to, long nonce, long target, long deadline) {
    ping(now, to, nonce, target, deadline, deadline);
  }

  /**
   * Begins one; its outcome comes from one of the methods below.
   *
   * @param connected until when the stream has to be open
   * @param deadline until when the answer has to be there
   */
  void ping(
      long now, InetSocketAddress to, long nonce, long target, long connected, long deadline) {
    long stream = numbers.next();
    attempts.put(stream, new Attempt(nonce, target, deadline));
    timers.at(connected, new Timer.StreamPingTimeout(stream));
    output.connect(stream, to);
  }

  void connected(long now, long stream) {
    Attempt attempt = attempts.get(stream);
    if (attempt != null) {
      attempt.connected = true;
      outbox.frame(now, stream, List.of(new Message.Ping(attempt.nonce, attempt.target)));
    }
  }

  /** An answer came; the header of its frame says from whom. */
  @Nullable Outcome answered(long stream, long nonce, long sender) {
    Attempt attempt = attempts.get(stream);
    if (attempt == null || attempt.nonce != nonce) {
      return null;
    }
    attempts.remove(stream);
    output.close(stream);
    return new Outcome(nonce, sender == attempt.target ? null : Evidence.WRONG_IDENTITY);
  }

  @Nullable Outcome closed(long stream, StreamEnd end) {
    Attempt attempt = attempts.remove(stream);
    if (attempt == null) {
      return null;
    }
    if (attempt.connected) {
      return new Outcome(attempt.nonce, Evidence.UNANSWERED);
    }
    return new Outcome(
        attempt.nonce, end == StreamEnd.REFUSED ? Evidence.REFUSED : Evidence.SILENT);
  }

  @Nullable Outcome timedOut(long now, long stream) {
    Attempt attempt = attempts.get(stream);
    if (attempt == null) {
      return null;
    }
    if (attempt.connected && now < attempt.deadline) {
      timers.at(attempt.deadline, new Timer.StreamPingTimeout(stream));
      return null;
    }
    attempts.remove(stream);
    output.close(stream);
    return new Outcome(attempt.nonce, attempt.connected ? Evidence.UNRESPONSIVE : Evidence.SILENT);
  }
}

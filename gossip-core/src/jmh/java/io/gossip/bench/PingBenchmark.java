package io.gossip.bench;

import io.gossip.membership.Membership;
import io.gossip.wire.Message;
import io.gossip.wire.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of a ping to the bytes of its ack, through the whole state machine. As the shell
 * does, each call also asks for the view afterwards.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PingBenchmark {

  private static final int UPDATES = 8;

  /** Members known to the state machine. */
  @Param({"64", "1000"})
  public int members;

  private Engine engine = new Engine(UPDATES + 1);
  private ByteBuffer bare = ByteBuffer.allocate(0);
  private ByteBuffer known = ByteBuffer.allocate(0);
  private long before;
  private long calls;
  private int incarnation;

  /** Makes the packets. */
  @Setup
  public void setUp() {
    engine = new Engine(members);
    bare = copy(engine.packet(0, engine.swim.membership().hash(), List.of(engine.ping())));
    List<Message> messages = new ArrayList<>(engine.members.subList(0, UPDATES));
    messages.add(engine.ping());
    known = copy(engine.packet(0, 1, messages));
    before = engine.sent();
  }

  /** Each ping must have been answered once. */
  @TearDown
  public void check() {
    if (engine.sent() - before != calls) {
      throw new IllegalStateException(
          "each of "
              + calls
              + " pings must be answered once, but were "
              + (engine.sent() - before));
    }
  }

  /** A ping at rest: both views are the same. */
  @Benchmark
  public Membership ping() {
    return receive(bare);
  }

  /** A ping that brings eight updates which are known already, as most that arrive are. */
  @Benchmark
  public Membership pingWithEightKnownUpdates() {
    return receive(known);
  }

  /**
   * A ping that brings eight updates of which each is news: eight members change, their rumors are
   * queued and told in the ack, and the view is built anew. Includes writing the ping.
   */
  @Benchmark
  public Membership pingWithEightNews() {
    incarnation++;
    List<Message> messages = new ArrayList<>(UPDATES + 1);
    for (int i = 0; i < UPDATES; i++) {
      Update.Alive member = engine.members.get(members > UPDATES * 2 ? i + UPDATES : i);
      messages.add(
          new Update.Alive(
              member.id(),
              member.generation(),
              incarnation,
              member.address(),
              member.zone(),
              member.protocol(),
              member.stateVersion()));
    }
    messages.add(engine.ping());
    return receive(engine.packet(0, 1, messages));
  }

  private Membership receive(ByteBuffer packet) {
    calls++;
    engine.swim.receive(0, engine.from(), packet);
    return engine.swim.membership();
  }

  private static ByteBuffer copy(ByteBuffer packet) {
    return ByteBuffer.allocate(packet.remaining()).put(packet).flip();
  }
}

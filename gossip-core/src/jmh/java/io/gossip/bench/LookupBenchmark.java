package io.gossip.bench;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import java.util.Optional;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.Warmup;

/** Finding a member in the view that any thread may read: one volatile read and a search. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LookupBenchmark {

  private static final int LOOKUPS = 1 << 10;

  /** Members in the view. */
  @Param({"64", "1000"})
  public int members;

  private volatile Membership view = new Engine(2).swim.membership();
  private final NodeId[] wanted = new NodeId[LOOKUPS];
  private int next;

  /** Settles who is looked up: anybody, in no order. */
  @Setup
  public void setUp() {
    view = new Engine(members).swim.membership();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < LOOKUPS; i++) {
      // A name of its own, not the view's object: a caller has it from elsewhere.
      NodeId id = view.members().get(random.nextInt(members)).id();
      wanted[i] = new NodeId(new String(id.value()));
    }
  }

  /** By id. */
  @Benchmark
  public Optional<Member> find() {
    return view.find(wanted[next++ & (LOOKUPS - 1)]);
  }
}

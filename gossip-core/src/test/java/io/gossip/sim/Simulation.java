package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.swim.Seed;
import io.gossip.swim.Sharing;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimConfigBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A world of processes under one seed, and what a scenario can do to it.
 *
 * <pre>{@code
 * Simulation sim = new Simulation(seed).nodes(8);
 * sim.runUntilConverged(Duration.ofSeconds(10));
 * sim.crash(sim.node(3));
 * sim.run(Duration.ofSeconds(20));
 * }</pre>
 *
 * <p>Whatever happens, each process is watched for what must never be (see {@code Watch}).
 */
public final class Simulation {
  /** The port every process listens on. */
  public static final int PORT = 7946;

  private static final long EPOCH_MILLIS = 1_767_225_600_000L;
  private static final long TICK_NANOS = 10_000_000L;
  private static final Duration LOOK_UP = Duration.ofMillis(2);

  private final long seed;
  private final String replay;
  private final EventQueue queue = new EventQueue();
  private final SplittableRandom root;
  private final RandomGenerator choices;
  private final Machines machines = new Machines();
  private final Paths paths = new Paths(machines);
  private final Network network;
  private final Trace trace = new Trace();
  private final Lives lives = new Lives();
  private final Sharing sharing = new SharedRecords();
  private final Promises promises = new Promises();
  private final Sightings sightings = new Sightings();
  private final Dns dns = new Dns();
  private final List<SimNode> slots = new ArrayList<>();
  private final Map<NodeId, List<SimNode>> byName = new HashMap<>(); // looked up only
  private final List<FalseDeath> falseDeaths = new ArrayList<>();
  private SwimConfig config = SwimConfig.lan();
  private List<String> zones = List.of();
  private int seedCount = 3;
  private int fullWatchShare = 1;
  private int started;

  /** A world without anybody in it. */
  public Simulation(long seed) {
    this.seed = seed;
    replay = Seeds.replay(seed);
    root = new SplittableRandom(seed);
    network = new Network(queue, root.split(), machines, paths);
    choices = root.split();
  }

  // Before it begins

  /** Changes the numbers of the processes started from now on. */
  public Simulation config(UnaryOperator<SwimConfigBuilder> change) {
    config = change.apply(config.toBuilder()).build();
    return this;
  }

  /** Changes the quality of every way that has no link of its own. */
  public Simulation links(Link link) {
    paths.all(link);
    return this;
  }

  /** Says where the processes started from now on run, and how good the ways between are. */
  public Simulation topology(Topology topology) {
    zones = topology.deal();
    paths.topology(topology);
    return this;
  }

  /** How many of the first processes are everybody's seeds; 3 unless said otherwise. */
  public Simulation seeds(int count) {
    seedCount = count;
    return this;
  }

  /**
   * Watches one process in so many fully, and the others lightly: for worlds of thousands. Every
   * process is watched fully unless said otherwise.
   */
  public Simulation watchFullyOneIn(int share) {
    fullWatchShare = share;
    return this;
  }

  /** What this world promises beyond what always holds. */
  public Promises promises() {
    return promises;
  }

  /** Starts this many more processes. */
  public Simulation nodes(int count) {
    for (int i = 0; i < count; i++) {
      add();
    }
    return this;
  }

  // Processes

  /** Starts one more process. */
  public SimNode add() {
    return start(spec(slots.size()));
  }

  /** Starts a process in a slot of its own. */
  public SimNode start(NodeSpec spec) {
    SimNode node = process(spec, wallMillis(spec));
    slots.add(node);
    return node;
  }

  /** What {@link #nodes} would start as number {@code index}, counted from 0. */
  public NodeSpec spec(int index) {
    List<Seed> seeds = new ArrayList<>();
    for (int i = 0; i < seedCount; i++) {
      seeds.add(new Seed(address(i).getAddress().getHostAddress(), PORT));
    }
    return new NodeSpec(
        new NodeId("n" + (index + 1)),
        address(index),
        zones.isEmpty() ? "" : zones.get(index % zones.size()),
        Map.of(),
        seeds,
        config,
        Duration.ZERO,
        Duration.ZERO);
  }

  /** The address of number {@code index}, counted from 0. */
  public static InetSocketAddress address(int index) {
    int host = index + 1;
    byte[] literal = {10, (byte) (host >> 16), (byte) (host >> 8), (byte) host};
    try {
      return new InetSocketAddress(InetAddress.getByAddress(literal), PORT);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private SimNode process(NodeSpec spec, long generation) {
    paths.zone(spec.zone(), List.of(spec.address()));
    SimNode node = new SimNode(this, started++, spec, generation);
    byName.computeIfAbsent(spec.id(), id -> new ArrayList<>(1)).add(node);
    return node;
  }

  private long wallMillis(NodeSpec spec) {
    return EPOCH_MILLIS + queue.now() / 1_000_000 + spec.clockOffset().toMillis();
  }

  /** The process in a slot now, counted from 0. */
  public SimNode node(int index) {
    return slots.get(index);
  }

  /** The processes in all slots, running or not. */
  public List<SimNode> nodes() {
    return Collections.unmodifiableList(slots);
  }

  /** The processes that run and do not leave; paused ones included. */
  public List<SimNode> running() {
    List<SimNode> running = new ArrayList<>();
    for (SimNode node : slots) {
      if (node.isRunning() && !node.isLeaving()) {
        running.add(node);
      }
    }
    return running;
  }

  // Faults

  /** SIGSTOP: the process does nothing, its kernel goes on. */
  public void pause(SimNode node) {
    trace('z', node, "pause");
    node.pause();
  }

  /** SIGCONT: all that has come meanwhile is dealt with at once, timers are late. */
  public void resume(SimNode node) {
    if (node.isRunning() && node.isPaused()) {
      trace('z', node, "resume");
      node.resume();
    }
  }

  /** SIGSTOP, and SIGCONT after a while. */
  public void pause(SimNode node, Duration time) {
    pause(node);
    queue.after(time.toNanos(), () -> resume(node));
  }

  /** kill -9: the kernel closes the streams and refuses new ones. */
  public void crash(SimNode node) {
    trace('z', node, "crash");
    node.end();
    network.kill(node.sockets());
  }

  /** The process ends in good order, which is the same to the others: what it said is said. */
  public void stop(SimNode node) {
    crash(node);
  }

  /** The machine loses its power: nobody answers at its address. */
  public void silence(SimNode node) {
    trace('z', node, "silence");
    node.end();
    network.powerOff(node.sockets());
  }

  /** Starts the same member anew, at the same address; killed first if it still runs. */
  public SimNode restart(SimNode node) {
    return replace(node, node.spec());
  }

  /** Puts another process into the slot of this one, which is killed first if it still runs. */
  public SimNode replace(SimNode node, NodeSpec spec) {
    int slot = slots.indexOf(node);
    if (slot < 0) {
      throw new IllegalArgumentException(node + " is in no slot any more");
    }
    if (node.isRunning()) {
      crash(node);
    }
    SimNode successor = process(spec, wallMillis(spec));
    slots.set(slot, successor);
    return successor;
  }

  // The network

  /** The ways between the machines. */
  public Paths paths() {
    return paths;
  }

  /** Cuts the processes into islands; who is on none of them stays with the first. */
  @SafeVarargs
  public final void partition(List<SimNode>... islands) {
    List<List<InetSocketAddress>> parts = new ArrayList<>();
    for (List<SimNode> island : islands) {
      parts.add(addresses(island));
    }
    paths.partition(parts);
  }

  /** Undoes every cut. */
  public void heal() {
    paths.heal();
  }

  /** Where these listen. */
  public static List<InetSocketAddress> addresses(List<SimNode> nodes) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (SimNode node : nodes) {
      addresses.add(node.address());
    }
    return addresses;
  }

  /** What a name resolves to from now on; nothing if empty. */
  public void dns(String name, List<InetAddress> addresses) {
    dns.set(name, addresses);
  }

  // Time

  /** Time since the beginning of the world. */
  public Duration time() {
    return Duration.ofNanos(queue.now());
  }

  /** What a scenario draws its choices from. */
  public RandomGenerator random() {
    return choices;
  }

  /** Does something after a while. */
  public void after(Duration time, Runnable action) {
    queue.after(time.toNanos(), action);
  }

  /** Lets time pass. */
  public Simulation run(Duration time) {
    runTo(queue.now() + time.toNanos());
    return this;
  }

  /**
   * Lets time pass until something holds, which is looked at every 10 ms.
   *
   * @return the time it took
   * @throws Violation if it does not come to hold in time
   */
  public Duration runUntil(String what, BooleanSupplier condition, Duration limit) {
    long begun = queue.now();
    long end = begun + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (queue.now() >= end) {
        throw new Violation(describe("not within " + limit + ": " + what));
      }
      runTo(Math.min(end, queue.now() + TICK_NANOS));
    }
    return Duration.ofNanos(queue.now() - begun);
  }

  /** Lets time pass until all running processes see each other, and nobody else, and agree. */
  public Duration runUntilConverged(Duration limit) {
    Duration taken = runUntil("one view", this::converged, limit);
    for (SimNode node : running()) {
      node.lookAtAll();
    }
    return taken;
  }

  private void runTo(long end) {
    try {
      queue.run(end);
    } catch (RuntimeException | AssertionError e) {
      throw new Violation(describe(String.valueOf(e.getMessage())), e);
    }
  }

  // What has come of it

  /** Whether all running processes see each other, and nobody else, and agree on all of it. */
  public boolean converged() {
    return converged(running());
  }

  /** Whether these see each other, and nobody else, and agree on all of it. */
  public static boolean converged(List<SimNode> group) {
    return Agreement.among(group);
  }

  /** Running processes that were declared dead, and by whom. */
  public List<FalseDeath> falseDeaths() {
    return Collections.unmodifiableList(falseDeaths);
  }

  /** The hash of all that has happened so far. */
  public String traceHash() {
    return trace.hash();
  }

  /** A message with the time, who sees what wrongly, and the command that replays this run. */
  public String describe(String what) {
    StringBuilder text = new StringBuilder(what);
    text.append("\nat ").append(time()).append(", seed ").append(seed).append('\n');
    Agreement.describe(slots, running(), text);
    return text.append(replay).toString();
  }

  // For the processes

  long now() {
    return queue.now();
  }

  void at(long time, Runnable action) {
    queue.at(time, action);
  }

  Network network() {
    return network;
  }

  Sharing sharing() {
    return sharing;
  }

  Lives lives() {
    return lives;
  }

  boolean watchesFully(int number) {
    return number % fullWatchShare == 0;
  }

  Sightings sightings() {
    return sightings;
  }

  RandomGenerator split() {
    return root.split();
  }

  void trace(char kind, SimNode node, Object what) {
    trace.add(kind, queue.now(), node.number(), what);
  }

  void trace(char kind, SimNode node, ByteBuffer what) {
    trace.add(kind, queue.now(), node.number(), what);
  }

  void published(SimNode observer, MembershipEvent event) {
    if (event instanceof MembershipEvent.Failed failed) {
      SimNode victim = runningAs(failed.member());
      if (victim != null) {
        falseDeaths.add(new FalseDeath(time(), observer, victim));
        if (promises.isNobodyDyingWrongly()) {
          throw new Violation(
              (victim.isLeaving() ? "S5: " : "S4: ") + observer + " declares " + victim + " dead");
        }
      }
    }
  }

  private @Nullable SimNode runningAs(Member member) {
    List<SimNode> bearers = byName.getOrDefault(member.id(), List.of());
    for (SimNode node : bearers) {
      if (node.isRunning() && node.self().generation() == member.generation()) {
        return node;
      }
    }
    return null;
  }

  void resolve(SimNode node, Seed wanted) {
    List<InetSocketAddress> found = new ArrayList<>();
    for (InetAddress address : dns.lookUp(wanted.host())) {
      found.add(new InetSocketAddress(address, wanted.port()));
    }
    after(LOOK_UP, () -> node.sockets().offer(new Input.Resolved(wanted, found)));
  }
}

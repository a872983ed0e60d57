package io.gossip.sim;

import io.gossip.crypto.Keyring;
import io.gossip.crypto.PacketCipher;
import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Signer;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimConfigBuilder;
import io.gossip.swim.SwimStats;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

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

  private static final long TICK_NANOS = 10_000_000L;

  private final long seed;
  private final String replay;
  private final Surroundings world;
  private final EventQueue queue;
  private final Paths paths;
  private final Slots slots;
  private final RandomGenerator choices;
  private final Faults faults;
  private final Blueprint blueprint = new Blueprint();
  private int keysMade;

  /** Is told of every event that any process publishes, at once and in order. */
  public interface Listener {
    /** A process has published an event. */
    void published(SimNode observer, MembershipEvent event);
  }

  /** A world without anybody in it. */
  public Simulation(long seed) {
    this.seed = seed;
    replay = Seeds.replay(seed);
    world = new Surroundings(seed);
    queue = world.queue();
    paths = world.paths();
    slots = world.slots();
    choices = world.split();
    faults = new Faults(world, new SplittableRandom(~seed));
  }

  // Before it begins

  /** Changes the numbers of the processes started from now on. */
  public Simulation config(UnaryOperator<SwimConfigBuilder> change) {
    blueprint.config = change.apply(blueprint.config.toBuilder()).build();
    return this;
  }

  /** Changes the quality of every way that has no link of its own. */
  public Simulation links(Link link) {
    paths.all(link);
    return this;
  }

  /** Says where the processes started from now on run, and how good the ways between are. */
  public Simulation topology(Topology topology) {
    blueprint.zones(topology);
    paths.topology(topology);
    return this;
  }

  /** What the processes started from now on announce first; nothing unless said otherwise. */
  public Simulation initially(Map<String, String> announced) {
    blueprint.state = announced;
    return this;
  }

  /** How many of the first processes are everybody's seeds; 3 unless said otherwise. */
  public Simulation seeds(int count) {
    blueprint.seedCount = count;
    return this;
  }

  /** From now on processes sign with what this makes for them. */
  public Simulation signing(Function<NodeSpec, Signer> maker) {
    world.signers(maker);
    return this;
  }

  /** From now on all processes sign, each with a key of its own, which ends with it. */
  public Simulation signing() {
    return signing(spec -> SimSigner.of(spec.id() + ", process " + ++keysMade));
  }

  /**
   * Processes that begin from now on seal their datagrams, with these keys; streams are as they
   * were. Said again, those that begin later have other keys.
   */
  public Simulation sealing(Keyring keys) {
    world.keyring(keys);
    return config(numbers -> numbers.datagramOverhead(PacketCipher.OVERHEAD));
  }

  /** How many sessions datagrams have been sealed in. */
  public int sessions() {
    return world.stamps().sessions();
  }

  /**
   * Watches one process in so many fully, and the others lightly: for worlds of thousands. Every
   * process is watched fully unless said otherwise.
   */
  public Simulation watchFullyOneIn(int share) {
    world.watchFullyOneIn(share);
    return this;
  }

  /**
   * From now on some accuse without having looked, or in the name of others. What is kept of a
   * member must still be its own word.
   */
  public Simulation somebodyLies() {
    world.lives().somebodyLies();
    return this;
  }

  /** Somebody makes up this member: it may be seen, though there is no such process. */
  public Simulation somebodyMakesUp(Member member) {
    world.lives().said(SwimConfig.lan().cluster(), member, new SwimStats());
    return this;
  }

  /** What this world promises beyond what always holds. */
  public Promises promises() {
    return world.promises();
  }

  /** Starts this many more processes. */
  public Simulation nodes(int count) {
    for (int i = 0; i < count; i++) {
      add();
    }
    return this;
  }

  /**
   * Starts this many more processes that know each other already, in a world without any others so
   * far; that takes one probe interval, so that they do not act in step.
   */
  public Simulation assembled(int count) {
    if (slots.count() > 0) {
      throw new IllegalStateException("the world has members who would know nothing of it");
    }
    Assembly assembly = new Assembly(world, blueprint.config.cluster());
    long interval = blueprint.config.probeInterval().toNanos();
    for (int i = 0; i < count; i++) {
      SimNode node = world.process(spec(i));
      slots.add(node);
      queue.after(interval * i / count, () -> assembly.begin(node));
    }
    boolean kept = world.keepsEvents();
    world.keepEvents(false);
    runTo(queue.now() + interval);
    assembly.complete();
    world.keepEvents(kept);
    return this;
  }

  /** Whether each process keeps all events it publishes, as it does unless said otherwise. */
  public Simulation keepEvents(boolean keep) {
    world.keepEvents(keep);
    return this;
  }

  /** Tells somebody of all events from now on. */
  public Simulation listen(Listener listener) {
    world.listen(listener);
    return this;
  }

  // Processes

  /** Starts one more process. */
  public SimNode add() {
    return start(spec(slots.count()));
  }

  /** Starts a process in a slot of its own. */
  public SimNode start(NodeSpec spec) {
    SimNode node = world.process(spec);
    slots.add(node);
    node.begin();
    return node;
  }

  /** What {@link #nodes} would start as number {@code index}, counted from 0. */
  public NodeSpec spec(int index) {
    return blueprint.spec(index);
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

  /** The process in a slot now, counted from 0. */
  public SimNode node(int index) {
    return slots.get(index);
  }

  /** The processes in all slots, running or not. */
  public List<SimNode> nodes() {
    return slots.all();
  }

  /** The processes that run and do not leave; paused ones included. */
  public List<SimNode> running() {
    return slots.running();
  }

  // Faults

  /** All the faults that can be ended, and more. */
  public Faults faults() {
    return faults;
  }

  /** Restarts these as themselves, each at a random moment within this time. */
  public void restartAll(Collection<SimNode> nodes, Duration within) {
    for (SimNode node : nodes) {
      int slot = slots.of(node);
      queue.after(choices.nextLong(within.toNanos()), () -> restart(slots.get(slot)));
    }
  }

  /** SIGSTOP: the process does nothing, its kernel goes on. */
  public void pause(SimNode node) {
    world.trace('z', node, "pause");
    node.loop().pause();
  }

  /** SIGCONT: all that has come meanwhile is dealt with at once, timers are late. */
  public void resume(SimNode node) {
    if (node.isRunning() && node.isPaused()) {
      world.trace('z', node, "resume");
      node.loop().resume();
    }
  }

  /** SIGSTOP, and SIGCONT after a while. */
  public void pause(SimNode node, Duration time) {
    pause(node);
    queue.after(time.toNanos(), () -> resume(node));
  }

  /** kill -9: the kernel closes the streams and refuses new ones. */
  public void crash(SimNode node) {
    world.trace('z', node, "crash");
    node.end();
    world.network().kill(node.sockets());
  }

  /** The process ends in good order, which is the same to the others: what it said is said. */
  public void stop(SimNode node) {
    crash(node);
  }

  /** The machine loses its power: nobody answers at its address. */
  public void silence(SimNode node) {
    world.trace('z', node, "silence");
    node.end();
    world.network().powerOff(node.sockets());
  }

  /** Starts the same member anew, at the same address; killed first if it still runs. */
  public SimNode restart(SimNode node) {
    return replace(node, node.spec());
  }

  /** Puts another process into the slot of this one, which is killed first if it still runs. */
  public SimNode replace(SimNode node, NodeSpec spec) {
    int slot = slots.of(node);
    if (node.isRunning()) {
      crash(node);
    }
    SimNode successor = world.process(spec);
    slots.set(slot, successor);
    successor.begin();
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
    world.dns().set(name, addresses);
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
    return world.falseDeaths();
  }

  /** How many things have happened so far: packets that arrived, timers and the like. */
  public long steps() {
    return queue.done();
  }

  /** The hash of all that has happened so far. */
  public String traceHash() {
    return world.traceHash();
  }

  /** What was seen so far, in those that run and those that are gone. */
  Sightings sightings() {
    Sightings all = new Sightings();
    all.add(world.sightings());
    for (SimNode node : nodes()) {
      if (node.isRunning()) {
        node.countInto(all);
      }
    }
    return all;
  }

  /** A message with the time, who sees what wrongly, and the command that replays this run. */
  public String describe(String what) {
    StringBuilder text = new StringBuilder(what);
    text.append("\nat ").append(time()).append(", seed ").append(seed).append('\n');
    Agreement.describe(nodes(), running(), text);
    return text.append(replay).toString();
  }
}

package io.gossip.sim;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What can go wrong between processes, and with them. Each fault can be ended by itself. Cuts,
 * clogs and worsenings add up; of the others that meet on one machine or process the last word
 * counts. {@link Paths#heal} ends all that stop or hold packets.
 *
 * <p>What concerns the network sticks to the machines, whatever process runs there; what concerns a
 * process ends with it.
 */
public final class Faults {
  private final Surroundings world;
  private final Paths paths;
  private final RandomGenerator random;
  private final List<Disturbance> active = new ArrayList<>();
  private int ends;

  Faults(Surroundings world, RandomGenerator random) {
    this.world = world;
    this.random = random;
    paths = world.paths();
  }

  // Ways that are cut

  /** Nothing passes from some to others; the other direction is as it was. */
  public Disturbance oneWay(Collection<SimNode> from, Collection<SimNode> to) {
    return raise("one-way cut", new Barrier.OneWay(numbers(from), numbers(to)));
  }

  /**
   * Nothing passes between the parts; who is in none of them, or comes later, is with the first.
   */
  public Disturbance islands(List<? extends Collection<SimNode>> parts) {
    List<List<Machine>> islands = new ArrayList<>();
    for (Collection<SimNode> part : parts) {
      islands.add(machines(part));
    }
    return raise("islands", new Barrier.Islands(islands));
  }

  /** One hears nobody and is heard by nobody. */
  public Disturbance isolate(SimNode node) {
    return islands(List.of(List.of(), List.of(node)));
  }

  /** Two parts hear each other no longer; those in neither, the bridges, hear both. */
  public Disturbance bridge(Collection<SimNode> left, Collection<SimNode> right) {
    Disturbance there = oneWay(left, right);
    Disturbance back = oneWay(right, left);
    return fault(
        "bridge",
        () -> {
          there.end();
          back.end();
        });
  }

  /** Each hears only so many neighbours to both sides, in a ring of this order. */
  public Disturbance ring(List<SimNode> nodes, int reach) {
    return raise("ring", new Barrier.Ring(machines(nodes), reach));
  }

  /** Nothing passes between a region of the topology and all others. */
  public Disturbance cutRegion(String region) {
    return raise("cut of " + region, new Barrier.AroundRegion(paths.classes(), region));
  }

  /** The ways between these two parts, in both directions, are up for a while, then down. */
  public Disturbance flap(
      Collection<SimNode> one, Collection<SimNode> other, Duration up, Duration down) {
    long now = world.now();
    List<Barrier> barriers = new ArrayList<>();
    BitSet here = numbers(one);
    BitSet there = numbers(other);
    for (Barrier way : List.of(new Barrier.OneWay(here, there), new Barrier.OneWay(there, here))) {
      barriers.add(new Barrier.Flapping(way, now, up.toNanos(), down.toNanos()));
    }
    barriers.forEach(paths::raise);
    return fault("flapping", () -> barriers.forEach(paths::remove));
  }

  private Disturbance raise(String what, Barrier barrier) {
    paths.raise(barrier);
    return fault(what, () -> paths.remove(barrier));
  }

  // Ways that are bad

  /** What is sent from some to others is held until the fault ends, and then goes on its way. */
  public Disturbance clog(Collection<SimNode> from, Collection<SimNode> to) {
    Clog clog = new Clog(numbers(from), numbers(to));
    paths.clog(clog);
    return fault("clog", () -> paths.unclog(clog));
  }

  /**
   * The ways to each of these are clogged, one after the other in random order and at random
   * moments, and let go in another random order: what was sent earlier to one arrives after what
   * was sent later to another. It is all over after this time.
   */
  public void swizzle(List<SimNode> nodes, Duration time) {
    List<SimNode> everybody = List.copyOf(world.slots().all());
    long half = time.toNanos() / 2;
    int era = ends;
    for (SimNode node : shuffled(nodes)) {
      long begin = random.nextLong(half);
      Duration length = Duration.ofNanos(half + random.nextLong(half) - begin);
      world
          .queue()
          .after(
              begin,
              () -> {
                if (ends == era) {
                  clog(everybody, List.of(node)).lasting(length);
                }
              });
    }
  }

  /** The ways within, from and to a region are worse. */
  public Disturbance worsen(String region, Paths.Worsening worsening) {
    return fault("worse " + region, paths.classes().worsen(region, worsening));
  }

  /** All ways are worse. */
  public Disturbance worsen(Paths.Worsening worsening) {
    return fault("worse world", paths.classes().worsen(null, worsening));
  }

  /** A region that is neither up nor down: 30 % of its packets are lost, the rest takes 300 ms. */
  public Disturbance grey(String region) {
    return worsen(
        region,
        link ->
            link.withLoss(Math.max(0.3, link.loss().share()))
                .withLatency(link.delay().least().plusMillis(300)));
  }

  /** Shares of the packets to and from these are lost, on top of what their links lose. */
  public Disturbance lose(Collection<SimNode> nodes, double in, double out) {
    return onMachines(
        "loss",
        nodes,
        machine -> {
          machine.lossIn = in;
          machine.lossOut = out;
        },
        machine -> {
          machine.lossIn = 0;
          machine.lossOut = 0;
        });
  }

  /** Datagrams of more bytes get neither to these nor away from them, and nobody is told. */
  public Disturbance narrow(Collection<SimNode> nodes, int bytes) {
    return onMachines(
        "narrow path",
        nodes,
        machine -> machine.largestDatagram = bytes,
        machine -> machine.largestDatagram = Integer.MAX_VALUE);
  }

  /**
   * So many bytes per second get out of each of these, for as many bytes there is a queue, and
   * datagrams for which there is none are lost.
   */
  public Disturbance upload(Collection<SimNode> nodes, long bytesPerSecond, long queueBytes) {
    return onMachines(
        "narrow upload",
        nodes,
        machine -> machine.uplink = new Pipe(bytesPerSecond, queueBytes),
        machine -> machine.uplink = null);
  }

  /** The streams between two are no longer known to something between them: both wait for ever. */
  public void loseStreams(SimNode one, SimNode other) {
    world.trace("streams lost between " + one.id() + " and " + other.id());
    Machine there = other.sockets().machine;
    one.sockets().sidesTo(there).forEach(StreamSide::forget);
  }

  /** All streams of one are ended, in the name of the other side, by something on the way. */
  public void resetStreams(SimNode node) {
    world.trace("streams of " + node.id() + " reset");
    node.sockets().allSides().forEach(StreamSide::reset);
  }

  /** Between the parts datagrams vanish and streams are refused; those there are, are reset. */
  public Disturbance reject(Collection<SimNode> one, Collection<SimNode> other) {
    for (SimNode here : one) {
      for (SimNode there : other) {
        here.sockets().sidesTo(there.sockets().machine).forEach(StreamSide::reset);
      }
    }
    return raise("rejection", new Barrier.Refusal(numbers(one), numbers(other)));
  }

  private Disturbance onMachines(
      String what, Collection<SimNode> nodes, MachineChange change, MachineChange back) {
    List<Machine> machines = machines(nodes);
    machines.forEach(change::to);
    return fault(what, () -> machines.forEach(back::to));
  }

  private interface MachineChange {
    void to(Machine machine);
  }

  // Processes

  /** SIGSTOP to all of these in the same moment, and SIGCONT at the end. */
  public Disturbance pause(Collection<SimNode> nodes) {
    return onLoops("pause", nodes, Loop::pause, Loop::resume);
  }

  /**
   * Messages wait after they were received and before they are sent, while timers run (the anomaly
   * of the Lifeguard paper).
   */
  public Disturbance block(Collection<SimNode> nodes) {
    return onNodes("block", nodes, node -> node.block(true), node -> node.block(false));
  }

  /** Its kernel takes no more connections: who knocks hears nothing. */
  public Disturbance fillBacklog(SimNode node) {
    return onNodes(
        "full queue of connections",
        List.of(node),
        one -> one.sockets().fillBacklog(true),
        one -> one.sockets().fillBacklog(false));
  }

  /** Every turn of their loops comes this much too late. */
  public Disturbance starve(Collection<SimNode> nodes, Duration late) {
    return onLoops(
        "starvation", nodes, loop -> loop.starve(late.toNanos()), loop -> loop.starve(0));
  }

  /** Each input costs them this much time. */
  public Disturbance slow(Collection<SimNode> nodes, Duration each) {
    return onNodes(
        "slow service",
        nodes,
        node -> node.loop().serviceTime(each.toNanos()),
        node -> node.loop().serviceTime(node.spec().serviceTime().toNanos()));
  }

  /** Their kernels take nothing more: datagrams are dropped, and what is for streams waits. */
  public Disturbance fillSendBuffers(Collection<SimNode> nodes) {
    return onNodes(
        "full send buffers",
        nodes,
        node -> node.outlet().fill(true),
        node -> node.outlet().fill(false));
  }

  /** Their timers run fast, or slow, by so many seconds in each second of the world. */
  public Disturbance drift(Collection<SimNode> nodes, double secondsPerSecond) {
    return onLoops("drift", nodes, loop -> loop.drift(secondsPerSecond), loop -> loop.drift(1));
  }

  /**
   * The wall clock of its machine is ahead by this much more, behind if negative: what a process
   * counts as its generation when it starts. One that runs has read it already.
   */
  public void jumpWallClock(SimNode node, Duration ahead) {
    world.trace("clock of " + node.id() + " jumps by " + ahead);
    node.jumpWallClock(ahead);
  }

  private Disturbance onLoops(
      String what, Collection<SimNode> nodes, LoopChange change, LoopChange back) {
    return onNodes(what, nodes, node -> change.to(node.loop()), node -> back.to(node.loop()));
  }

  private Disturbance onNodes(
      String what, Collection<SimNode> nodes, NodeChange change, NodeChange back) {
    List<SimNode> afflicted = List.copyOf(nodes);
    for (SimNode node : afflicted) {
      world.trace('z', node, what);
      change.to(node);
    }
    return fault(
        what,
        () -> {
          for (SimNode node : afflicted) {
            if (node.isRunning()) {
              back.to(node);
            }
          }
        });
  }

  private interface LoopChange {
    void to(Loop loop);
  }

  private interface NodeChange {
    void to(SimNode node);
  }

  // Strangers

  /**
   * Somebody who is no member sends garbage to this machine, so many datagrams in every second: of
   * any bytes, or what last came there with some of its bytes changed.
   */
  public Disturbance flood(SimNode target, int perSecond) {
    Flood flood = new Flood(world, random, target.sockets().machine, perSecond);
    flood.begin();
    return fault("flood", flood::end);
  }

  /** A datagram arrives at this machine, whoever wrote it. */
  public void inject(InetSocketAddress from, SimNode target, ByteBuffer packet) {
    Network.arrive(from, target.sockets().machine, packet);
  }

  // All of them

  /** Ends all that are not over, in the order in which they began; none of them comes back. */
  public void endAll() {
    ends++;
    for (Disturbance disturbance : List.copyOf(active)) {
      disturbance.end();
    }
    active.clear();
  }

  private Disturbance fault(String what, Runnable undo) {
    active.removeIf(Disturbance::isEnded);
    Disturbance begun = new Disturbance(world, what, undo);
    active.add(begun);
    return begun;
  }

  private List<SimNode> shuffled(List<SimNode> nodes) {
    List<SimNode> order = new ArrayList<>(nodes);
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }

  private List<Machine> machines(Collection<SimNode> nodes) {
    List<Machine> machines = new ArrayList<>(nodes.size());
    for (SimNode node : nodes) {
      machines.add(node.sockets().machine);
    }
    return machines;
  }

  private BitSet numbers(Collection<SimNode> nodes) {
    BitSet numbers = new BitSet();
    for (SimNode node : nodes) {
      numbers.set(node.sockets().machine.number);
    }
    return numbers;
  }
}

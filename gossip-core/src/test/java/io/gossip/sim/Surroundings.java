package io.gossip.sim;

import io.gossip.crypto.Keyring;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Seed;
import io.gossip.swim.Sharing;
import io.gossip.swim.Signer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a process finds around it: time, the network, names, and those who write down what it does.
 */
final class Surroundings {
  private static final long EPOCH_MILLIS = 1_767_225_600_000L;
  private static final long LOOK_UP_NANOS = 2_000_000L;

  private final SplittableRandom root;
  private final EventQueue queue = new EventQueue();
  private final Machines machines = new Machines();
  private final Paths paths = new Paths(machines);
  private final Network network;
  private final Dns dns = new Dns();
  private final Slots slots = new Slots();
  private final Trace trace = new Trace();
  private final Lives lives = new Lives();
  private final Sharing sharing = new SharedRecords();
  private @Nullable Function<NodeSpec, Signer> signers;
  private @Nullable Keyring keyring;
  private final Stamps stamps = new Stamps();
  private final Promises promises = new Promises();
  private final Sightings sightings = new Sightings();
  private final List<Simulation.Listener> listeners = new ArrayList<>();
  private final List<FalseDeath> falseDeaths = new ArrayList<>();
  private int fullWatchShare = 1;
  private boolean keepsEvents = true;
  private int started;

  Surroundings(long seed) {
    root = new SplittableRandom(seed);
    network = new Network(queue, root.split(), machines, paths);
  }

  RandomGenerator split() {
    return root.split();
  }

  // Time

  EventQueue queue() {
    return queue;
  }

  long now() {
    return queue.now();
  }

  /** What a wall clock shows that is right. */
  long wallMillis() {
    return EPOCH_MILLIS + queue.now() / 1_000_000;
  }

  // Places

  Paths paths() {
    return paths;
  }

  Network network() {
    return network;
  }

  Dns dns() {
    return dns;
  }

  Slots slots() {
    return slots;
  }

  /** A process that has not begun. */
  SimNode process(NodeSpec spec) {
    paths.zone(spec.zone(), List.of(spec.address()));
    return new SimNode(this, started++, spec, wallMillis() + spec.clockOffset().toMillis());
  }

  void resolve(SimNode node, Seed wanted) {
    List<InetSocketAddress> found = lookUp(wanted);
    queue.after(LOOK_UP_NANOS, () -> node.sockets().offer(new Input.Resolved(wanted, found)));
  }

  List<InetSocketAddress> lookUp(Seed wanted) {
    List<InetSocketAddress> found = new ArrayList<>();
    for (InetAddress address : dns.lookUp(wanted.host())) {
      found.add(new InetSocketAddress(address, wanted.port()));
    }
    return found;
  }

  // What is written down and looked at

  /** From now on processes sign with what this makes for them. */
  void signers(Function<NodeSpec, Signer> maker) {
    signers = maker;
  }

  /** What a process signs with; {@code null} if it does not. */
  @Nullable Signer signer(NodeSpec spec) {
    return signers == null ? null : signers.apply(spec);
  }

  /** From now on processes that begin seal their datagrams, and with these keys. */
  void keyring(Keyring ring) {
    keyring = ring;
  }

  /** What a process begins with; {@code null} if it does not seal. */
  @Nullable Seal seal(SimNode node) {
    return keyring == null ? null : new Seal(this, node, keyring);
  }

  Stamps stamps() {
    return stamps;
  }

  Sharing sharing() {
    return sharing;
  }

  Lives lives() {
    return lives;
  }

  Sightings sightings() {
    return sightings;
  }

  Promises promises() {
    return promises;
  }

  void watchFullyOneIn(int share) {
    fullWatchShare = share;
  }

  boolean watchesFully(int number) {
    return number % fullWatchShare == 0;
  }

  void keepEvents(boolean keep) {
    keepsEvents = keep;
  }

  boolean keepsEvents() {
    return keepsEvents;
  }

  void listen(Simulation.Listener listener) {
    listeners.add(listener);
  }

  List<FalseDeath> falseDeaths() {
    return Collections.unmodifiableList(falseDeaths);
  }

  void published(SimNode observer, MembershipEvent event) {
    if (event instanceof MembershipEvent.Failed failed) {
      SimNode victim = slots.runningAs(failed.member());
      if (victim != null) {
        falseDeaths.add(new FalseDeath(Duration.ofNanos(now()), observer, victim));
        if (promises.isNobodyDyingWrongly()) {
          throw new Violation(
              (victim.isLeaving() ? "S5: " : "S4: ") + observer + " declares " + victim + " dead");
        }
      }
    }
    for (Simulation.Listener listener : listeners) {
      listener.published(observer, event);
    }
  }

  /** Something happened to the world. */
  void trace(String what) {
    trace.add('Z', now(), -1, what);
  }

  void trace(char kind, SimNode node, String what) {
    trace.add(kind, now(), node.number(), what);
  }

  void trace(char kind, SimNode node, long what, long more) {
    trace.add(kind, now(), node.number(), what, more);
  }

  void trace(char kind, SimNode node, ByteBuffer what) {
    trace.add(kind, now(), node.number(), what);
  }

  String traceHash() {
    return trace.hash();
  }
}

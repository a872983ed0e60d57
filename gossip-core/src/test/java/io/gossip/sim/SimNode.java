package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.swim.Output;
import io.gossip.swim.Seed;
import io.gossip.swim.Swim;
import io.gossip.swim.SwimLoad;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimStats;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One process: a real state machine, the sockets its kernel keeps for it, and the loop between
 * them, which reads input in batches and has one timer, as a real one does.
 */
public final class SimNode implements Output {
  private static final int READS_AT_A_TIME = 64;
  private static final int EXPIRES_AT_A_TIME = 16;
  private static final int TURNS_BETWEEN_COUNTS = 16;

  private final Simulation world;
  private final int number;
  private final NodeSpec spec;
  private final long startedAt;
  private final Sockets sockets;
  private final Swim swim;
  private final Watch watch;
  private final Bounds bounds;
  private final List<Published> events = new ArrayList<>();
  private boolean running = true;
  private boolean paused;
  private boolean draining;
  private int reads;
  private int turns;
  private long busyUntil;
  private long armedFor = Long.MAX_VALUE;

  SimNode(Simulation world, int number, NodeSpec spec, long generation) {
    this.world = world;
    this.number = number;
    this.spec = spec;
    startedAt = world.now();
    Member self =
        new Member(
            spec.id(),
            generation,
            0,
            MemberStatus.ALIVE,
            spec.address(),
            spec.zone(),
            new ProtocolRange(1, 1),
            0,
            Collections.unmodifiableMap(new TreeMap<>(spec.state())));
    sockets = world.network().listen(spec.address(), this::drain);
    swim = new Swim(self, spec.config(), spec.seeds(), world.split(), this, world.sharing());
    watch =
        new Watch(
            spec.id(), spec.config(), world.lives(), world.sightings(), world.watchesFully(number));
    bounds = new Bounds(spec.id(), spec.config(), world.promises().bytesPerSecond());
    world.lives().said(spec.config().cluster(), self);
    swim.start(0);
    turned();
    arm();
  }

  // What it is

  /** Its name. */
  public NodeId id() {
    return spec.id();
  }

  /** What it was started with. */
  public NodeSpec spec() {
    return spec;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return spec.address();
  }

  /** Its view. */
  public Membership view() {
    return swim.membership();
  }

  /** Its own record. */
  public Member self() {
    return view().self();
  }

  /** Where it is in its life. */
  public SwimReport.Phase phase() {
    return swim.phase();
  }

  /** Whether it has begun to leave. */
  public boolean isLeaving() {
    return phase() == SwimReport.Phase.LEAVING || phase() == SwimReport.Phase.LEFT;
  }

  /** Its account of itself. */
  public SwimReport report() {
    return swim.report(localNow());
  }

  /** What it has counted. */
  public SwimStats stats() {
    return swim.stats();
  }

  /** What it holds now, in numbers. */
  public SwimLoad load() {
    return swim.load();
  }

  /** How many have confirmed that it leaves. */
  public int leaveConfirmed() {
    return swim.leaveConfirmed();
  }

  /** Whether it has been neither killed nor stopped. */
  public boolean isRunning() {
    return running;
  }

  /** Whether it is stopped in its tracks. */
  public boolean isPaused() {
    return paused;
  }

  /** Streams it has open. */
  public int streams() {
    return sockets.streams();
  }

  /** All events it has published. */
  public List<Published> events() {
    return Collections.unmodifiableList(events);
  }

  /** The events of this kind about that member, in order. */
  public <E extends MembershipEvent> List<E> events(Class<E> kind, SimNode about) {
    List<E> found = new ArrayList<>();
    for (Published published : events) {
      if (kind.isInstance(published.event())
          && published.event().member().id().equals(about.id())) {
        found.add(kind.cast(published.event()));
      }
    }
    return found;
  }

  /** How it sees another process: {@code null} if not at all, or only an earlier or later life. */
  public @Nullable MemberStatus status(SimNode other) {
    Member record = record(other.id());
    return record != null && record.generation() == other.self().generation()
        ? record.status()
        : null;
  }

  /** Its record of this name, active or departed. */
  public @Nullable Member record(NodeId name) {
    Member active = view().find(name).orElse(null);
    if (active != null) {
      return active;
    }
    for (Member departed : view().departed()) {
      if (departed.id().equals(name)) {
        return departed;
      }
    }
    return null;
  }

  /** What it knows of another member's state; empty if it does not know the member. */
  public Map<String, String> stateOf(SimNode other) {
    Member record = record(other.id());
    return record == null ? Map.of() : record.state();
  }

  /** Whether it has another process for alive, unsuspected. */
  public boolean sees(SimNode other) {
    return status(other) == MemberStatus.ALIVE;
  }

  @Override
  public String toString() {
    return id() + (running ? paused ? " (paused)" : "" : " (gone)");
  }

  // What its application does

  /** Writes a key of its state. */
  public void put(String key, String value) {
    update(Map.of(key, value));
  }

  /** Removes a key of its state. */
  public void removeKey(String key) {
    update(Collections.singletonMap(key, null));
  }

  /** Changes its state; {@code null} removes a key. */
  public void update(Map<String, @Nullable String> changes) {
    call("update", (machine, now) -> machine.update(now, changes));
  }

  /** Leaves. */
  public void leave() {
    call("leave", Swim::leave);
  }

  /** Could not reach a member. */
  public void reportFailure(NodeId member) {
    call("reportFailure", (machine, now) -> machine.reportFailure(now, member));
  }

  /** Wants a departed member forgotten. */
  public void forget(NodeId member) {
    call("forget", (machine, now) -> machine.forget(now, member));
  }

  /** Asks the seeds again. */
  public void rejoin() {
    call("rejoin", Swim::rejoin);
  }

  private void call(String what, Input.Action action) {
    if (!running) {
      throw new IllegalStateException(this + " does not run");
    }
    sockets.offer(new Input.Call(what, action));
  }

  // Its loop

  private void drain() {
    if (draining || paused || !running || world.now() < busyUntil) {
      return;
    }
    draining = true;
    Input input = sockets.poll();
    while (input != null) {
      handle(input);
      if (++reads % READS_AT_A_TIME == 0) {
        expire();
      }
      if (!spec.serviceTime().isZero()) {
        busyUntil = world.now() + spec.serviceTime().toNanos();
        world.after(spec.serviceTime(), this::drain);
        draining = false;
        return;
      }
      input = sockets.poll();
    }
    expire();
    draining = false;
    arm();
  }

  private void handle(Input input) {
    trace(input);
    if (input instanceof Input.Datagram datagram) {
      hear(datagram);
    } else {
      input.reach(swim, localNow());
    }
    turned();
  }

  private void hear(Input.Datagram datagram) {
    Membership before = view();
    watch.hears(datagram.bytes());
    bounds.asked(datagram.from());
    datagram.reach(swim, localNow());
    bounds.answers(
        () -> Watch.isMemberAt(datagram.from(), before), watch.mayAnswer(datagram.bytes()));
    watch.heard(before.self(), self(), swim.phase());
  }

  private void trace(Input input) {
    if (input instanceof Input.Datagram datagram) {
      world.trace('d', this, datagram.bytes());
    } else if (input instanceof Input.Frame frame) {
      world.trace('f', this, frame.bytes());
    } else {
      world.trace('i', this, input instanceof Input.Call call ? call.what() : input);
    }
  }

  private void expire() {
    for (int i = 0; swim.nextDeadline() <= localNow(); i++) {
      if (i == EXPIRES_AT_A_TIME) {
        throw new Violation(this + " is never done: its next deadline stays in the past");
      }
      boolean inputWaiting = !sockets.isEmpty();
      swim.expire(localNow(), inputWaiting);
      turned();
      if (inputWaiting) {
        return; // it may have put something off until the input is read
      }
    }
  }

  private void turned() {
    Membership view = swim.membership();
    world.lives().said(spec.config().cluster(), view.self());
    watch.looked(world.now(), view, swim.phase());
    if (++turns % TURNS_BETWEEN_COUNTS == 0) {
      bounds.holds(swim.load(), view.members().size() + view.departed().size());
    }
  }

  /** Looks at every record of its view, however lightly it is watched. */
  void lookAtAll() {
    watch.lookedAtAll(world.now(), view());
  }

  private void arm() {
    long deadline = swim.nextDeadline();
    if (deadline == Long.MAX_VALUE) {
      return;
    }
    long at = Math.max(world.now(), startedAt + deadline);
    if (at < armedFor) {
      armedFor = at;
      world.at(at, () -> fire(at));
    }
  }

  private void fire(long at) {
    if (at == armedFor) {
      armedFor = Long.MAX_VALUE;
      if (world.now() < busyUntil) {
        return; // drain comes back when it is no longer busy
      }
      drain();
    }
  }

  private long localNow() {
    return world.now() - startedAt;
  }

  // What happens to it, by way of the simulation

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    drain();
  }

  void end() {
    running = false;
    paused = false;
  }

  Sockets sockets() {
    return sockets;
  }

  int number() {
    return number;
  }

  // What its state machine asks for

  @Override
  public void send(InetSocketAddress to, ByteBuffer packet) {
    bounds.sends(world.now(), to, packet.remaining());
    ByteBuffer bytes = copy(packet);
    world.trace('D', this, bytes);
    world.network().send(sockets, to, bytes);
  }

  @Override
  public void connect(long stream, InetSocketAddress to) {
    world.trace('C', this, stream + " " + to);
    world.network().connect(sockets, stream, to);
  }

  @Override
  public void write(long stream, ByteBuffer frame) {
    bounds.writes(frame.remaining());
    ByteBuffer bytes = copy(frame);
    world.trace('F', this, bytes);
    world.network().write(sockets, stream, bytes);
  }

  @Override
  public void close(long stream) {
    world.trace('X', this, stream);
    world.network().close(sockets, stream);
  }

  @Override
  public void resolve(Seed seed) {
    world.trace('R', this, seed);
    world.resolve(this, seed);
  }

  @Override
  public void publish(MembershipEvent event) {
    world.trace('E', this, event);
    events.add(new Published(Duration.ofNanos(world.now()), event));
    watch.published(event);
    world.published(this, event);
  }

  private static ByteBuffer copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }
}

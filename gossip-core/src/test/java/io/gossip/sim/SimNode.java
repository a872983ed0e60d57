package io.gossip.sim;

import io.gossip.crypto.Keyring;
import io.gossip.crypto.PacketStats;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.membership.TrailEntry;
import io.gossip.swim.Signer;
import io.gossip.swim.Swim;
import io.gossip.swim.SwimLoad;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimStats;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One process: a real state machine, the sockets its kernel keeps for it, and the loop between
 * them.
 */
public final class SimNode {
  private final Surroundings world;
  private final int number;
  private final Sockets sockets;
  private final Outlet outlet;
  private final @Nullable Signer signer;
  private final Swim swim;
  private final Loop loop;
  private final @Nullable Seal seal;
  private final List<Published> events = new ArrayList<>();
  private final Set<InetSocketAddress> complaints = new LinkedHashSet<>();
  private NodeSpec spec;
  private int slot = -1;
  private boolean running = true;

  SimNode(Surroundings world, int number, NodeSpec spec, long generation) {
    this.world = world;
    this.number = number;
    this.spec = spec;
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
    sockets = world.network().listen(spec.address(), this::wake);
    Bounds bounds = new Bounds(spec.id(), spec.config(), world.promises().bytesPerSecond());
    seal = world.seal(this);
    outlet = new Outlet(world, this, sockets, bounds, seal);
    signer = world.signer(spec);
    swim =
        new Swim(self, spec.config(), spec.seeds(), world.split(), outlet, world.sharing(), signer);
    loop = new Loop(world, this, swim, sockets, bounds, seal);
    world.lives().said(spec.config().cluster(), swim.membership().self(), swim.stats());
  }

  private void wake() {
    loop.wake();
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

  /** What it signs with; {@code null} if it does not. */
  public @Nullable Signer signer() {
    return signer;
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
    return swim.report(loop.localNow());
  }

  /** What spoke for and against another member, as of now. */
  public List<TrailEntry> trail(SimNode other) {
    return swim.trail(world.now(), other.id());
  }

  /** What it has counted. */
  public SwimStats stats() {
    return swim.stats();
  }

  /** What it holds now, in numbers. */
  public SwimLoad load() {
    return swim.load();
  }

  /** Whether it finds that large datagrams do not get through. */
  public boolean hasNarrowPaths() {
    return swim.hasNarrowPaths();
  }

  /** Whether it finds TCP blocked. */
  public boolean isWatchingBlocked() {
    return swim.isWatchingBlocked();
  }

  /** How many have confirmed that it leaves. */
  public int leaveConfirmed() {
    return swim.leaveConfirmed();
  }

  /** From where it has heard what members must not say. */
  public Set<InetSocketAddress> complaints() {
    return complaints;
  }

  void complains(InetSocketAddress source) {
    complaints.add(source);
  }

  /** Whether it has been neither killed nor stopped. */
  public boolean isRunning() {
    return running;
  }

  /** Whether it is stopped in its tracks. */
  public boolean isPaused() {
    return loop.isPaused();
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
    return id() + (running ? isPaused() ? " (paused)" : "" : " (gone)");
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

  /** An application wants to know how far its state has got. */
  public void spread() {
    call("spread", (machine, now) -> machine.spread(now));
  }

  /** Whether the last of these goes on. */
  public boolean isSpreading() {
    return swim.isSpreading();
  }

  /** How many are known to have the state. */
  public int spreadConfirmed() {
    return swim.spreadConfirmed();
  }

  /** Goes by other keys from now on; it must seal. */
  public void keyring(Keyring keys) {
    sealing().keyring(keys);
  }

  /** What became of its sealed datagrams; it must seal. */
  public PacketStats sealStats() {
    return sealing().stats();
  }

  private Seal sealing() {
    if (seal == null) {
      throw new IllegalStateException(this + " does not seal");
    }
    return seal;
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

  // What happens to it, by way of the simulation

  void begin() {
    loop.begin();
  }

  /** Adds what it has counted to what was seen in the world. */
  void countInto(Sightings sightings) {
    sightings.counted(self(), phase(), stats());
  }

  /** Looks at every record of its view, however lightly it is watched. */
  void lookAtAll() {
    loop.lookAtAll();
  }

  Loop loop() {
    return loop;
  }

  /** Messages are held after they were received and before they are sent; timers run. */
  void block(boolean held) {
    outlet.block(held);
    loop.block(held);
  }

  void jumpWallClock(Duration ahead) {
    spec = spec.withClockOffset(spec.clockOffset().plus(ahead));
  }

  void end() {
    running = false;
    countInto(world.sightings());
    loop.end();
    outlet.end();
  }

  Outlet outlet() {
    return outlet;
  }

  Sockets sockets() {
    return sockets;
  }

  int number() {
    return number;
  }

  /** Its place among the processes; -1 as long as it has none. */
  int slot() {
    return slot;
  }

  void slot(int place) {
    slot = place;
  }

  /** Its state machine tells its listeners. */
  void published(MembershipEvent event) {
    if (world.keepsEvents()) {
      events.add(new Published(Duration.ofNanos(world.now()), event));
    }
    loop.published(event);
    world.published(this, event);
  }
}

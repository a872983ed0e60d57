package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Swim;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a process, between its sockets and its state machine: it reads input in batches and
 * has one timer, as a real one does. After each step it is looked at whether all is as it must be.
 */
final class Loop {
  private static final int READS_AT_A_TIME = 64;
  private static final int EXPIRES_AT_A_TIME = 16;
  private static final int TURNS_BETWEEN_COUNTS = 16;

  private final Surroundings world;
  private final SimNode node;
  private final Swim swim;
  private final Sockets sockets;
  private final Watch watch;
  private final @Nullable Conduct conduct; // only where the watch is full
  private final Bounds bounds;
  private final @Nullable Seal seal;
  private final LocalClock clock = new LocalClock();
  private boolean begun;
  private boolean ended;
  private boolean paused;
  private boolean blocked;
  private boolean inside;
  private boolean turnPlanned;
  private long late;
  private long serviceNanos;
  private long busyUntil;
  private long armedFor = Long.MAX_VALUE;
  private long generation = -1;
  private long handle; // of that generation of it
  private int reads;
  private int turnsToCount = TURNS_BETWEEN_COUNTS;
  private @Nullable Member self;

  Loop(
      Surroundings world,
      SimNode node,
      Swim swim,
      Sockets sockets,
      Bounds bounds,
      @Nullable Seal seal) {
    this.world = world;
    this.node = node;
    this.swim = swim;
    this.sockets = sockets;
    this.bounds = bounds;
    this.seal = seal;
    NodeSpec spec = node.spec();
    serviceNanos = spec.serviceTime().toNanos();
    watch =
        new Watch(
            spec.id(),
            spec.config(),
            world.lives(),
            world.sightings(),
            world.watchesFully(node.number()));
    conduct =
        world.watchesFully(node.number())
            ? new Conduct(spec.id(), spec.config(), swim.stats()::count)
            : null;
  }

  /** Starts the state machine; what has come before waits until then. */
  void begin() {
    begun = true;
    clock.set(world.now());
    swim.start(0);
    turned(false);
    wake();
  }

  /** The process is gone. */
  void end() {
    ended = true;
    paused = false;
  }

  long localNow() {
    return clock.at(world.now());
  }

  boolean isPaused() {
    return paused;
  }

  // What goes wrong with it

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    wake();
  }

  /** What comes is left where it is; timers run. */
  void block(boolean held) {
    blocked = held;
    wake();
  }

  /** Every turn comes this much too late from now on. */
  void starve(long nanos) {
    late = nanos;
  }

  /** What one input costs from now on; 0 for nothing. */
  void serviceTime(long nanos) {
    serviceNanos = nanos;
  }

  /** Its timers run at another pace from now on. */
  void drift(double secondsPerSecond) {
    clock.pace(world.now(), secondsPerSecond);
    armedFor = Long.MAX_VALUE;
    arm();
  }

  // Its turns

  /** Something has come or is due. */
  void wake() {
    if (late == 0) {
      turn();
    } else if (!turnPlanned) {
      turnPlanned = true;
      world.queue().after(late, this::lateTurn);
    }
  }

  private void lateTurn() {
    turnPlanned = false;
    turn();
  }

  private void turn() {
    if (inside || paused || ended || !begun || world.now() < busyUntil) {
      return;
    }
    inside = true;
    Input input = next();
    while (input != null) {
      handle(input);
      if (++reads % READS_AT_A_TIME == 0) {
        expire();
      }
      if (serviceNanos > 0) {
        busyUntil = world.now() + serviceNanos;
        world.queue().after(serviceNanos, this::turn);
        inside = false;
        return;
      }
      input = next();
    }
    expire();
    inside = false;
    arm();
  }

  private @Nullable Input next() {
    return blocked ? null : sockets.poll();
  }

  /** Deals with an input that comes by no socket; {@link #settle} follows the last of them. */
  void take(Input input) {
    begins();
    trace(input);
    input.reach(swim, localNow());
  }

  /** All inputs that came by no socket have been dealt with. */
  void settle() {
    turned(false);
    arm();
  }

  private void handle(Input input) {
    trace(input);
    if (seal != null && input instanceof Input.Datagram datagram) {
      ByteBuffer packet = seal.open(datagram.from(), datagram.bytes());
      if (packet == null) {
        return;
      }
      begins();
      hear(new Input.Datagram(datagram.from(), packet));
      turned(false);
      return;
    }
    begins();
    if (input instanceof Input.Datagram datagram) {
      hear(datagram);
    } else {
      input.reach(swim, localNow());
    }
    if (conduct != null && input instanceof Input.Frame) {
      conduct.heardFrame(localNow());
    }
    turned(false);
  }

  private void begins() {
    if (conduct != null) {
      conduct.begins(localNow(), swim.nextDeadline());
    }
  }

  private void hear(Input.Datagram datagram) {
    Membership before = swim.membership();
    watch.hears(datagram.bytes());
    if (conduct != null && !watch.hearsForeigner()) {
      conduct.hears(localNow(), watch.hearsMember(datagram.from(), before));
    }
    bounds.asked(datagram.from());
    datagram.reach(swim, localNow());
    bounds.answers(
        () -> Watch.isMemberAt(datagram.from(), before), watch.mayAnswer(datagram.bytes()));
    Member self = swim.membership().self();
    watch.heard(before.self(), self, swim.phase());
    if (conduct != null && !watch.hearsForeigner()) {
      conduct.heard(watch.messages(), handle(before.self()), handle(self));
    }
  }

  private long handle(Member self) {
    if (self.generation() != generation) {
      generation = self.generation();
      handle = self.identity().handle();
    }
    return handle;
  }

  private void trace(Input input) {
    if (input instanceof Input.Datagram datagram) {
      world.trace('d', node, datagram.bytes());
    } else if (input instanceof Input.Frame frame) {
      world.trace('f', node, frame.bytes());
    } else {
      world.trace('i', node, input instanceof Input.Call call ? call.what() : input.toString());
    }
  }

  private void expire() {
    for (int i = 0; swim.nextDeadline() <= localNow(); i++) {
      if (i == EXPIRES_AT_A_TIME) {
        throw new Violation(node + " is never done: its next deadline stays in the past");
      }
      boolean inputWaiting = !sockets.isEmpty();
      begins();
      swim.expire(localNow(), inputWaiting);
      turned(true);
      if (inputWaiting) {
        return; // it may have put something off until the input is read
      }
    }
  }

  private void arm() {
    long deadline = swim.nextDeadline();
    if (deadline == Long.MAX_VALUE) {
      return;
    }
    long at = Math.max(world.now(), clock.when(deadline));
    if (at < armedFor) {
      armedFor = at;
      world.queue().at(at, () -> fire(at));
    }
  }

  private void fire(long at) {
    if (at == armedFor) {
      armedFor = Long.MAX_VALUE;
      if (world.now() < busyUntil) {
        return; // the turn comes back when it is no longer busy
      }
      wake();
    }
  }

  // What is looked at

  /** A datagram leaves. */
  void sends(ByteBuffer datagram) {
    if (conduct != null) {
      conduct.sends(localNow(), watch.read(datagram));
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same record says nothing new
  private void turned(boolean byTimer) {
    Membership view = swim.membership();
    if (view.self() != self) {
      self = view.self();
      world.lives().said(node.spec().config().cluster(), self, swim.stats());
    }
    watch.looked(world.now(), view, swim.phase());
    if (conduct != null) {
      conduct.ended(localNow(), view, byTimer);
    }
    if (--turnsToCount <= 0) {
      int kept = view.members().size() + view.departed().size();
      turnsToCount = Math.max(TURNS_BETWEEN_COUNTS, kept); // counting goes through all of them
      bounds.holds(swim.load(), kept);
    }
  }

  /** The state machine tells its listeners. */
  void published(MembershipEvent event) {
    watch.published(event);
    if (conduct != null) {
      conduct.publishes(event);
    }
  }

  /** Looks at every record of the view, however lightly it is watched. */
  void lookAtAll() {
    watch.lookedAtAll(world.now(), swim.membership());
  }
}

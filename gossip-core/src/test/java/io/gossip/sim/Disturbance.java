package io.gossip.sim;

import java.time.Duration;

/** Something that is wrong with the world until it is ended; it ends only once. */
public final class Disturbance {
  private final Surroundings world;
  private final String what;
  private final Runnable undo;
  private boolean ended;

  Disturbance(Surroundings world, String what, Runnable undo) {
    this.world = world;
    this.what = what;
    this.undo = undo;
    world.trace(what);
  }

  /** From now on it is not there any more. */
  public void end() {
    if (!ended) {
      ended = true;
      world.trace("end of " + what);
      undo.run();
    }
  }

  /** Ends it after a while. */
  public Disturbance lasting(Duration time) {
    world.queue().after(time.toNanos(), this::end);
    return this;
  }

  /** Whether it is over. */
  public boolean isEnded() {
    return ended;
  }

  @Override
  public String toString() {
    return what;
  }
}

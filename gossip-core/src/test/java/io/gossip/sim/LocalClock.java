package io.gossip.sim;

/** A process's monotonic clock: 0 when it is set, and from then on at a pace of its own. */
final class LocalClock {
  private long worldThen;
  private long shownThen;
  private double pace = 1;

  /** It shows 0 at this moment of the world. */
  void set(long world) {
    worldThen = world;
    shownThen = 0;
  }

  /** What it shows at this moment of the world. */
  long at(long world) {
    return shownThen + local(world - worldThen);
  }

  /** The first moment of the world at which it shows that, or more. */
  long when(long shown) {
    long since = shown - shownThen;
    if (pace == 1) {
      return worldThen + since;
    }
    long world = worldThen + (long) (since / pace);
    while (at(world) < shown) { // off by a rounding at most
      world++;
    }
    return world;
  }

  /** From this moment on it shows so many seconds in each second of the world. */
  void pace(long world, double secondsPerSecond) {
    shownThen = at(world);
    worldThen = world;
    pace = secondsPerSecond;
  }

  private long local(long world) {
    return pace == 1 ? world : (long) (world * pace);
  }
}

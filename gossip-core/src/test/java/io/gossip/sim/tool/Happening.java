package io.gossip.sim.tool;

/** Something that can be done to a world, as a timetable names it. */
interface Happening {
  /** Does it now; what ends by itself is put on the world's own calendar. */
  void strike(World world);
}

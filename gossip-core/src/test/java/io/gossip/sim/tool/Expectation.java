package io.gossip.sim.tool;

/** Something that a scenario says must hold of it. */
interface Expectation {
  /** Whether it held, and what was measured; asked when the run is over. */
  Outcome check(World world);

  /**
   * What became of an expectation.
   *
   * @param what it is about
   * @param measured the value, for people
   * @param goal the bound, for people
   */
  record Outcome(String what, String measured, String goal, boolean met) {}
}

/**
 * The simulator: real state machines and the real codec in a world of virtual time, where the
 * network, the kernels and the processes fail as told.
 *
 * <p>Everything random comes from one seed, so the same seed gives the same run, message for
 * message. Begin at {@link io.gossip.sim.Simulation}; {@link io.gossip.sim.Topology} says where its
 * processes run, and {@link io.gossip.sim.Faults} what can go wrong.
 */
@NullMarked
package io.gossip.sim;

import org.jspecify.annotations.NullMarked;

/**
 * The simulator as a program: scenarios written as text, run from the command line, measured, held
 * against what is expected of them, and drawn.
 *
 * <p>Begin at {@link io.gossip.sim.tool.SimulationMain}.
 */
@NullMarked
package io.gossip.sim.tool;

import org.jspecify.annotations.NullMarked;

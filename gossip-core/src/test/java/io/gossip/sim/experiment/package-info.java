/** Experiments of others repeated in the simulated world, and formulas held against it. */
@NullMarked
package io.gossip.sim.experiment;

import org.jspecify.annotations.NullMarked;

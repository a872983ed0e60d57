package io.gossip.sim;

import java.time.Duration;

/**
 * A running process that was declared dead.
 *
 * @param at time since the beginning of the world
 * @param observer who published it
 * @param victim who was running all the while
 */
public record FalseDeath(Duration at, SimNode observer, SimNode victim) {}

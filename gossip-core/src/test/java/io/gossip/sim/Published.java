package io.gossip.sim;

import io.gossip.membership.MembershipEvent;
import java.time.Duration;

/**
 * An event and when it was published.
 *
 * @param at time since the beginning of the world
 */
public record Published(Duration at, MembershipEvent event) {}

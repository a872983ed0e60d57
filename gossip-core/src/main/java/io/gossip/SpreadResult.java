package io.gossip;

import java.time.Duration;

/**
 * How far news of this node has got.
 *
 * @param members active members there were to inform
 * @param informed how many of them confirmed
 * @param took from the call to the last confirmation, or to the time-out
 */
public record SpreadResult(int members, int informed, Duration took) {}

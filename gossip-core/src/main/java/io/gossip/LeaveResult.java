package io.gossip;

import java.time.Duration;

/**
 * How a leave went.
 *
 * @param members active members there were to inform
 * @param informed how many of them confirmed
 * @param took from the call to the last confirmation, or to the time-out
 */
public record LeaveResult(int members, int informed, Duration took) {}

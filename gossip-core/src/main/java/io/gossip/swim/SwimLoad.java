package io.gossip.swim;

/**
 * What a state machine holds at one moment, in numbers: each is bounded, and those of work under
 * way are 0 when nothing happens.
 *
 * @param rumors updates waiting to be told; at most two of each member
 * @param probes probes under way
 * @param relayed pings under way for others
 * @param suspicions suspicions running
 * @param streams streams in use: pings over TCP, joins asked for, joiners served
 * @param links watch links of this node and of those that watch it; those at rest stay
 * @param timers timers set, those included that will find nothing to do
 * @param tombstones ends of members that are remembered
 */
public record SwimLoad(
    int rumors,
    int probes,
    int relayed,
    int suspicions,
    int streams,
    int links,
    int timers,
    int tombstones) {}

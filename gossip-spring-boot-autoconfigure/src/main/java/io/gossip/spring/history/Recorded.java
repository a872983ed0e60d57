package io.gossip.spring.history;

import java.time.Instant;

/**
 * A transition that is remembered.
 *
 * @param sequence its number, from 1, without gaps; never used again in this process
 * @param at when it was noticed here
 * @param transition what happened
 */
public record Recorded(long sequence, Instant at, Transition transition) {}

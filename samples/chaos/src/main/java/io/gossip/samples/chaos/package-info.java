/**
 * Breaks instances of the quickstart under load and shows what their callers notice: {@code Chaos}
 * starts {@code Stock} and {@code Customer} processes, does what {@code Fault} says, and sums up
 * what the customers wrote down.
 */
@NullMarked
package io.gossip.samples.chaos;

import org.jspecify.annotations.NullMarked;

/**
 * One member's state machine: SWIM failure detection with Lifeguard, dissemination by gossip,
 * anti-entropy and versioned state.
 *
 * <p>Knows no thread, socket, clock or randomness of its own: time comes in with each input of
 * {@link io.gossip.swim.Swim}, effects leave through {@link io.gossip.swim.Output}.
 */
@NullMarked
package io.gossip.swim;

import org.jspecify.annotations.NullMarked;

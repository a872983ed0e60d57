/**
 * The vocabulary of membership: who a member is, how it stands, and what can happen to it.
 *
 * <p>Immutable values only. Imports nothing else of this library; every other package imports it.
 */
@NullMarked
package io.gossip.membership;

import org.jspecify.annotations.NullMarked;

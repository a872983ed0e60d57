/**
 * A hostile client against real nodes in processes of their own, and what it costs them: floods,
 * replays, forged deaths, abused streams, and keys that change under load.
 */
@NullMarked
package io.gossip.bench.siege;

import org.jspecify.annotations.NullMarked;

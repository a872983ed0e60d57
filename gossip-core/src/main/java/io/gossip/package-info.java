/**
 * A gossip node: membership, failure detection and shared state without a server. Start at {@link
 * io.gossip.GossipNode}.
 */
@NullMarked
package io.gossip;

import org.jspecify.annotations.NullMarked;

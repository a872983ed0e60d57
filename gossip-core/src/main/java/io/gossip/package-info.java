/** Cluster membership by gossip: a node joins, learns who is alive, and hears of every change. */
@NullMarked
package io.gossip;

import org.jspecify.annotations.NullMarked;

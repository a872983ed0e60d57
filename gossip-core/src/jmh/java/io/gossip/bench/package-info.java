/**
 * Benchmarks: of the parts in isolation with JMH, and of a whole cluster on loopback with {@link
 * io.gossip.bench.ClusterBenchmark}.
 */
@NullMarked
package io.gossip.bench;

import org.jspecify.annotations.NullMarked;

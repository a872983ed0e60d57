/** Benchmarks of what a load-balanced call asks. */
@NullMarked
package io.gossip.spring.bench;

import org.jspecify.annotations.NullMarked;

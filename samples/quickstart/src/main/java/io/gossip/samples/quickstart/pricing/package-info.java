/** Knows what it costs. */
@NullMarked
package io.gossip.samples.quickstart.pricing;

import org.jspecify.annotations.NullMarked;

/** Knows how much there is. Runs twice. */
@NullMarked
package io.gossip.samples.quickstart.inventory;

import org.jspecify.annotations.NullMarked;

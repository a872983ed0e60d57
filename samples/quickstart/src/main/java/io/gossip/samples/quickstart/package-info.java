/** A small shop of three applications that find each other; {@code Quickstart} starts it. */
@NullMarked
package io.gossip.samples.quickstart;

import org.jspecify.annotations.NullMarked;

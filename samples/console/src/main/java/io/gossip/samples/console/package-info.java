/** The engine alone: a member of a cluster in a terminal. */
@NullMarked
package io.gossip.samples.console;

import org.jspecify.annotations.NullMarked;

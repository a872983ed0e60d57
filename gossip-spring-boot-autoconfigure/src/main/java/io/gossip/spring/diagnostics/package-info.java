/** What can go wrong at start, and what to do about it. */
@NullMarked
package io.gossip.spring.diagnostics;

import org.jspecify.annotations.NullMarked;

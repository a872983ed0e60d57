/** Tells together what comes together. */
@NullMarked
package io.gossip.spring.batch;

import org.jspecify.annotations.NullMarked;

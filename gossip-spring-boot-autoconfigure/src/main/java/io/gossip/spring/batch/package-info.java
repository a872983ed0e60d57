/**
 * What is not done at once: told together when it comes together, or done on a thread of its own.
 */
@NullMarked
package io.gossip.spring.batch;

import org.jspecify.annotations.NullMarked;

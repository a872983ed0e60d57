/** Which endpoints come and go too often to be relied on. */
@NullMarked
package io.gossip.spring.damping;

import org.jspecify.annotations.NullMarked;

/** The node for those who operate it: health, endpoint, info and meters. */
@NullMarked
package io.gossip.spring.actuate;

import org.jspecify.annotations.NullMarked;

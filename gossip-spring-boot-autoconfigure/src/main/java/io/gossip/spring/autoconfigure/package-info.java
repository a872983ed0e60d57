/** Which beans there are, and when. */
@NullMarked
package io.gossip.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;

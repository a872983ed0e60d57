/** Members that this application's own calls could not reach of late. */
@NullMarked
package io.gossip.spring.quarantine;

import org.jspecify.annotations.NullMarked;

/** What happens in the cluster, as application events. */
@NullMarked
package io.gossip.spring.event;

import org.jspecify.annotations.NullMarked;

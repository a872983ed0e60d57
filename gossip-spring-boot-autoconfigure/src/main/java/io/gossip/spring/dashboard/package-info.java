/** A web page that shows the cluster as this node sees it. */
@NullMarked
package io.gossip.spring.dashboard;

import org.jspecify.annotations.NullMarked;

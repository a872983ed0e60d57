/** The dashboard, over HTTP and in a browser. */
@NullMarked
package io.gossip.spring.dashboard;

import org.jspecify.annotations.NullMarked;

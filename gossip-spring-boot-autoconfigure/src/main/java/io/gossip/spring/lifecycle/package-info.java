/** How the node and its service follow the life of the application. */
@NullMarked
package io.gossip.spring.lifecycle;

import org.jspecify.annotations.NullMarked;

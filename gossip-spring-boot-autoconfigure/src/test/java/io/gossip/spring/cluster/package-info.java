/** Several applications in one process, on real sockets. */
@NullMarked
package io.gossip.spring.cluster;

import org.jspecify.annotations.NullMarked;

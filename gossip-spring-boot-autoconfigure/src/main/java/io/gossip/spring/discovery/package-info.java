/** The cluster's services for Spring Cloud's discovery clients. */
@NullMarked
package io.gossip.spring.discovery;

import org.jspecify.annotations.NullMarked;

/** The cluster's services for Spring Cloud's load balancer. */
@NullMarked
package io.gossip.spring.loadbalancer;

import org.jspecify.annotations.NullMarked;

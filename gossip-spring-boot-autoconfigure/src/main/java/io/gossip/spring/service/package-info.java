/** Services that members offer, as read from their state. Needs no Spring Cloud. */
@NullMarked
package io.gossip.spring.service;

import org.jspecify.annotations.NullMarked;

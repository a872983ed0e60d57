/** The application's own service for Spring Cloud's service registry. */
@NullMarked
package io.gossip.spring.registry;

import org.jspecify.annotations.NullMarked;

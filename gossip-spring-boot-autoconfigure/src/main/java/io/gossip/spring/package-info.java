/** A gossip node as a citizen of a Spring Boot application. */
@NullMarked
package io.gossip.spring;

import org.jspecify.annotations.NullMarked;

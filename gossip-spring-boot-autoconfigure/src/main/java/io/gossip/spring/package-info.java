/**
 * A gossip node as a citizen of a Spring Boot application: its properties, and the beans with which
 * an application changes it.
 */
@NullMarked
package io.gossip.spring;

import org.jspecify.annotations.NullMarked;

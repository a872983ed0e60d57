/** What has happened to the members, kept for a while, so that it can be explained. */
@NullMarked
package io.gossip.spring.history;

import org.jspecify.annotations.NullMarked;

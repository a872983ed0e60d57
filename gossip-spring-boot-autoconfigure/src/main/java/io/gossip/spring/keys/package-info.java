/** The keys that protect the cluster's packets, and their change while it runs. */
@NullMarked
package io.gossip.spring.keys;

import org.jspecify.annotations.NullMarked;

/** What is left where something optional is not on the class path; each test runs in its own. */
@NullMarked
package io.gossip.spring.without;

import org.jspecify.annotations.NullMarked;

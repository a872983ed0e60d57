/**
 * What any bytes may do to each of the doors that bytes come in by: one class for each, with a
 * method that Jazzer calls with bytes of its choice and that throws when they have done harm.
 * {@link io.gossip.fuzz.Seeds} makes bytes to begin with from what real writers write, and the
 * ordinary tests feed each door with these and with damaged copies of them. How to run them is in
 * docs/SECURITY.md.
 */
@NullMarked
package io.gossip.fuzz;

import org.jspecify.annotations.NullMarked;

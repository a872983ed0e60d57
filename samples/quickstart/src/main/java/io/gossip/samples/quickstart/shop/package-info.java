/** The application customers talk to; it calls the other two. */
@NullMarked
package io.gossip.samples.quickstart.shop;

import org.jspecify.annotations.NullMarked;

/**
 * The shell around the state machine: UDP and TCP on one port, one event loop, one armed timer,
 * name resolution, and the delivery of events to listeners.
 */
@NullMarked
package io.gossip.netty;

import org.jspecify.annotations.NullMarked;

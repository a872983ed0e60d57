package io.gossip;

import io.gossip.membership.Membership;
import io.gossip.swim.SwimReport;
import java.net.InetSocketAddress;

/**
 * A node's account of itself at one moment, for people.
 *
 * @param cluster name of the cluster
 * @param view what {@link GossipNode#members()} gave
 * @param swim the state machine's account
 * @param bound where it listens
 * @param advertised what it tells others to call
 * @param addressSource how the advertised address was chosen, in words
 * @param transport {@code epoll} or {@code nio}
 * @param protocolVersion newest wire version it speaks
 */
public record NodeReport(
    String cluster,
    Membership view,
    SwimReport swim,
    InetSocketAddress bound,
    InetSocketAddress advertised,
    String addressSource,
    String transport,
    int protocolVersion) {}

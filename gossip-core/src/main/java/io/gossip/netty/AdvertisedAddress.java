package io.gossip.netty;

import java.net.InetAddress;

/**
 * The address a node tells others to call.
 *
 * @param source why this one, in words
 */
record AdvertisedAddress(InetAddress address, String source) {}

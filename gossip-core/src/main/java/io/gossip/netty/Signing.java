package io.gossip.netty;

import io.gossip.crypto.SigningKey;

/**
 * How a node signs what it says, so that no other member can say it in its name.
 *
 * <p>A running cluster is moved to it in two steps: all members sign, with {@code verifyIncoming}
 * off, and then all refuse those that do not.
 *
 * @param key what it signs with
 * @param lasting whether later processes of this node will have the same key: its name is then kept
 *     for that key while it is away
 * @param verifyIncoming whether members that do not sign are refused
 */
public record Signing(SigningKey key, boolean lasting, boolean verifyIncoming) {}

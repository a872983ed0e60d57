package io.gossip.netty;

import io.gossip.crypto.Keyring;

/**
 * How a node protects its packets with keys that all members of the cluster share.
 *
 * <p>The two switches are for the way from plain packets to sealed ones, which a running cluster
 * goes in three steps: all members get the keys with both off, then all seal, then all refuse what
 * is not sealed.
 *
 * @param keyring the keys to begin with
 * @param verifyIncoming whether packets and streams that are not sealed are refused
 * @param verifyOutgoing whether own packets and streams are sealed
 */
public record Encryption(Keyring keyring, boolean verifyIncoming, boolean verifyOutgoing) {

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if what is not sealed is refused and sent all the same
   */
  public Encryption {
    if (verifyIncoming && !verifyOutgoing) {
      throw new IllegalArgumentException(
          "verifyIncoming needs verifyOutgoing: members would refuse each other's packets");
    }
  }

  /** Everything sealed, nothing else accepted. */
  public static Encryption with(Keyring keyring) {
    return new Encryption(keyring, true, true);
  }
}

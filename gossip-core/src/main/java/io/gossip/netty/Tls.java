package io.gossip.netty;

import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * TLS 1.3 for a node's streams, watch links included. Datagrams have keys of their own, see {@link
 * Encryption}; where there are both, streams are protected by both.
 *
 * @param context has the node's certificate, and says whose certificates are trusted
 * @param mutual whether who opens a stream has to show a certificate as well
 * @param verifyIncoming whether streams without TLS are refused; off only while a cluster is moved
 * @param verifyOutgoing whether own streams are opened with TLS; off only while a cluster is moved
 * @param peerNames names of which the other end's certificate must bear one, as subject alternative
 *     name (DNS or URI): {@code stock.shop.internal}, or {@code *.shop.internal} for all names with
 *     one label more; empty for any certificate that is trusted
 * @param verifyNodeIdentity whether the certificate of who joins has to name its node id: a subject
 *     alternative name (DNS or URI) that is the id, or the id without the hyphen and 8 random
 *     characters that ids have unless they are set
 */
public record Tls(
    SSLContext context,
    boolean mutual,
    boolean verifyIncoming,
    boolean verifyOutgoing,
    List<String> peerNames,
    boolean verifyNodeIdentity) {

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if what has no TLS is refused and opened all the same, or if
   *     names are asked of who need not show a certificate
   */
  public Tls {
    if (verifyIncoming && !verifyOutgoing) {
      throw new IllegalArgumentException(
          "verifyIncoming needs verifyOutgoing: members would refuse each other's streams");
    }
    if (!peerNames.isEmpty() && !(mutual && verifyIncoming)) {
      throw new IllegalArgumentException(
          "peerNames need mutual and verifyIncoming: others could do without a certificate");
    }
    if (verifyNodeIdentity && !(mutual && verifyIncoming)) {
      throw new IllegalArgumentException(
          "verifyNodeIdentity needs mutual and verifyIncoming: who joins could do without a"
              + " certificate");
    }
    peerNames = List.copyOf(peerNames);
  }

  /** Mutual, nothing else accepted, from everybody whose certificate is trusted. */
  public static Tls with(SSLContext context) {
    return new Tls(context, true, true, true, List.of(), false);
  }
}

package io.gossip.netty;

import io.gossip.crypto.Keyring;
import io.gossip.membership.Member;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may talk to a node, and how: the networks that are allowed, its keys, and what was refused.
 * For any thread; the keys may change at any time.
 */
public final class Protection {

  private static final Logger log = LoggerFactory.getLogger(Protection.class);

  private final List<Cidr> networks;
  private final @Nullable Encryption encryption;
  private final @Nullable Signing signing;
  private final @Nullable MemberFilter filter;
  private final AtomicBoolean filterFailed = new AtomicBoolean();
  private final Refusals refusals = new Refusals();
  private volatile @Nullable Keyring keyring;
  private volatile @Nullable StreamTls tls;

  /**
   * What the node is built with.
   *
   * @param networks as {@code 10.0.0.0/8}; empty for all addresses
   * @param encryption {@code null} for plain packets
   * @param tls {@code null} for streams without
   * @param signing {@code null} if records are not signed
   * @param filter {@code null} if every member is wanted
   * @throws IllegalArgumentException if one of the networks is none
   */
  public Protection(
      List<String> networks,
      @Nullable Encryption encryption,
      @Nullable Tls tls,
      @Nullable Signing signing,
      @Nullable MemberFilter filter) {
    this.networks = networks.stream().map(Cidr::parse).toList();
    this.encryption = encryption;
    this.signing = signing;
    this.filter = filter;
    this.keyring = encryption == null ? null : encryption.keyring();
    this.tls = tls == null ? null : new StreamTls(tls);
  }

  /**
   * Checks networks.
   *
   * @throws IllegalArgumentException if one of them is none
   */
  public static void check(List<String> networks) {
    networks.forEach(Cidr::parse);
  }

  /** The keys now; {@code null} for plain packets. */
  public @Nullable Keyring keyring() {
    return keyring;
  }

  /**
   * Other keys.
   *
   * @throws IllegalStateException if the node was built without
   */
  public void keyring(Keyring keys) {
    if (encryption == null) {
      throw new IllegalStateException("a node that was built without keys cannot be given any");
    }
    keyring = keys;
  }

  /**
   * Other certificates, for streams that begin from now on.
   *
   * @throws IllegalStateException if the node was built without
   */
  public void tls(Tls other) {
    if (tls == null) {
      throw new IllegalStateException("a node that was built without TLS cannot be given any");
    }
    tls = new StreamTls(other);
  }

  /** What the node signs with; {@code null} if it does not. */
  public @Nullable Signing signing() {
    return signing;
  }

  /** Whether streams have TLS. */
  public boolean hasTls() {
    return tls != null;
  }

  /** What puts TLS under streams; {@code null} where they have none. */
  @Nullable StreamTls streamTls() {
    return tls;
  }

  /** What was refused, over all runs of the node. */
  public Refusals refusals() {
    return refusals;
  }

  /** Whether what this node sends is sealed. */
  public boolean seals() {
    return encryption != null && encryption.verifyOutgoing();
  }

  /** Whether what is not sealed is refused. */
  public boolean refusesPlain() {
    return encryption != null && encryption.verifyIncoming();
  }

  /**
   * Whether the application wants this member, and it is where packets may come from: who invents
   * members must not have this node write to anybody.
   */
  boolean accepts(Member member) {
    if (!allows(member.address().getAddress())) {
      return false;
    }
    if (filter == null) {
      return true;
    }
    try {
      return filter.accepts(member);
    } catch (RuntimeException e) {
      if (filterFailed.compareAndSet(false, true)) {
        log.warn("The filter of members refuses {}, as it failed; said once", member.id(), e);
      }
      return false;
    }
  }

  /** Whether packets and streams from there are looked at. */
  boolean allows(InetAddress source) {
    if (networks.isEmpty()) {
      return true;
    }
    InetAddress plain = Addresses.plain(source);
    return networks.stream().anyMatch(network -> network.contains(plain));
  }
}

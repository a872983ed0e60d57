package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.netty.Tls;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import io.gossip.spring.keys.OwnCertificate;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/** Reads what the properties say of certificates, now and whenever their bundle is reloaded. */
final class StreamTlsFactory {

  private static final Logger log = LoggerFactory.getLogger(StreamTlsFactory.class);
  private static final String PREFIX = "gossip.ssl.";

  /** Of Boot's own health of certificates, which has the same default. */
  private static final String THRESHOLD =
      "management.health.ssl.certificate-validity-warning-threshold";

  private static final Duration DEFAULT_THRESHOLD = Duration.ofDays(14);

  private final GossipProperties.Ssl properties;
  private final @Nullable SslBundles bundles;

  StreamTlsFactory(GossipProperties.Ssl properties, @Nullable SslBundles bundles) {
    this.properties = properties;
    this.bundles = bundles;
  }

  /**
   * What protects streams; {@code null} if nothing does.
   *
   * @throws InvalidGossipPropertyException if a property has a value that cannot be
   */
  @Nullable Tls create() {
    String name = properties.bundle();
    if (name == null || name.isBlank()) {
      return null;
    }
    if (properties.verifyIncoming() && !properties.verifyOutgoing()) {
      throw new InvalidGossipPropertyException(
          PREFIX + "verify-outgoing",
          false,
          "must be true with verify-incoming, or members refuse each other's streams");
    }
    boolean mutual = properties.clientAuth() == GossipProperties.ClientAuth.NEED;
    if (!properties.peerNames().isEmpty() && !(mutual && properties.verifyIncoming())) {
      throw new InvalidGossipPropertyException(
          PREFIX + "peer-names",
          String.join(",", properties.peerNames()),
          "needs client-auth=need and verify-incoming=true");
    }
    if (properties.verifyNodeIdentity() && !(mutual && properties.verifyIncoming())) {
      throw new InvalidGossipPropertyException(
          PREFIX + "verify-node-identity", true, "needs client-auth=need and verify-incoming=true");
    }
    return of(bundle(name));
  }

  private SslBundle bundle(String name) {
    if (bundles == null) {
      throw new InvalidGossipPropertyException(
          PREFIX + "bundle", name, "needs Spring Boot's SSL bundles, which are switched off");
    }
    try {
      return bundles.getBundle(name);
    } catch (NoSuchSslBundleException e) {
      InvalidGossipPropertyException named =
          new InvalidGossipPropertyException(
              PREFIX + "bundle",
              name,
              "must be one of spring.ssl.bundle.pem or spring.ssl.bundle.jks, which are "
                  + bundles.getBundleNames());
      named.initCause(e);
      throw named;
    }
  }

  private Tls of(SslBundle bundle) {
    return new Tls(
        bundle.createSslContext(),
        properties.clientAuth() == GossipProperties.ClientAuth.NEED,
        properties.verifyIncoming(),
        properties.verifyOutgoing(),
        properties.peerNames(),
        properties.verifyNodeIdentity());
  }

  /** The certificate that a node shows, which follows its bundle. */
  static OwnCertificate certificate(
      GossipProperties.Ssl properties, Environment environment, SslBundles bundles) {
    String name = Objects.requireNonNull(properties.bundle());
    OwnCertificate certificate =
        new OwnCertificate(
            name,
            bundles.getBundle(name),
            properties.clientAuth() == GossipProperties.ClientAuth.NEED,
            Binder.get(environment).bind(THRESHOLD, Duration.class).orElse(DEFAULT_THRESHOLD));
    bundles.addBundleUpdateHandler(name, certificate::replaced);
    return certificate;
  }

  /** Lets a node go by the bundle's new certificates whenever it is reloaded. */
  void follow(GossipNode node) {
    String name = properties.bundle();
    if (bundles == null || name == null || name.isBlank()) {
      return;
    }
    bundles.addBundleUpdateHandler(
        name,
        bundle -> {
          try {
            node.protection().tls(of(bundle));
            log.info("Gossip streams have the new certificates of SSL bundle {}", name);
          } catch (RuntimeException e) {
            log.warn("Gossip streams keep their certificates: SSL bundle {} cannot be", name, e);
          }
        });
  }
}

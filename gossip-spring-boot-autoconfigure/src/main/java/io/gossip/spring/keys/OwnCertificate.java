package io.gossip.spring.keys;

import io.gossip.spring.batch.Background;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.SmartLifecycle;

/**
 * The certificate that this application shows on its streams: until when it is valid, and a word in
 * the log each day when that is soon. Thread-safe.
 */
public final class OwnCertificate implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OwnCertificate.class);

  private static final Duration INTERVAL = Duration.ofDays(1);
  private static final String SERVER_USAGE = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_USAGE = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_USAGE = "2.5.29.37.0";

  private final String bundleName;
  private final boolean mutual;
  private final Duration threshold;
  private final Clock clock;
  private @Nullable X509Certificate certificate;
  private final Background background = new Background("gossip-certificate");

  /**
   * Of a bundle.
   *
   * @param mutual whether it is shown at both ends of streams
   * @param threshold the least time that it should still be valid
   */
  public OwnCertificate(String bundleName, SslBundle bundle, boolean mutual, Duration threshold) {
    this(bundleName, bundle, mutual, threshold, Clock.systemUTC());
  }

  OwnCertificate(
      String bundleName, SslBundle bundle, boolean mutual, Duration threshold, Clock clock) {
    this.bundleName = bundleName;
    this.mutual = mutual;
    this.threshold = threshold;
    this.clock = clock;
    this.certificate = find(bundle);
  }

  /** Until when it is valid; {@code null} if the bundle has none. */
  public synchronized @Nullable Instant notAfter() {
    return certificate == null ? null : end(certificate);
  }

  /** The bundle has been loaded anew. */
  public synchronized void replaced(SslBundle bundle) {
    certificate = find(bundle);
    check();
  }

  @Override
  public void start() {
    if (background.start()) {
      check();
      background.repeat(this::check, INTERVAL, INTERVAL);
    }
  }

  /** Says what is wrong with it, or soon will be. */
  synchronized void check() {
    X509Certificate own = certificate;
    if (own == null) {
      return;
    }
    Instant now = clock.instant();
    Instant begin = own.getNotBefore().toInstant();
    Instant end = end(own);
    if (now.isBefore(begin)) {
      log.warn(
          "The certificate of SSL bundle {} is not valid before {}: other members refuse new gossip"
              + " streams. Check this host's clock",
          bundleName,
          begin);
    } else if (!now.isBefore(end)) {
      log.error(
          "The certificate of SSL bundle {} expired at {}: other members refuse new gossip streams."
              + " Put a new one in its place",
          bundleName,
          end);
    } else if (now.plus(threshold).isAfter(end)) {
      log.warn(
          "The certificate of SSL bundle {} expires in {} days, at {}: put a new one in its place,"
              + " or other members refuse new gossip streams from then on",
          bundleName,
          Duration.between(now, end).toDays(),
          end);
    }
    String role = missingRole(own);
    if (mutual && !role.isEmpty()) {
      log.warn(
          "The certificate of SSL bundle {} is not for TLS {} (extended key usage), and a member is"
              + " both server and client: others refuse it. Have it issued for both",
          bundleName,
          role);
    }
  }

  private static String missingRole(X509Certificate own) {
    try {
      List<String> usage = own.getExtendedKeyUsage();
      if (usage == null || usage.contains(ANY_USAGE)) {
        return "";
      }
      return usage.contains(SERVER_USAGE)
          ? usage.contains(CLIENT_USAGE) ? "" : "clients"
          : "servers";
    } catch (CertificateParsingException e) {
      return "";
    }
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  /** Of several that could be shown, the one that ends first. */
  private static @Nullable X509Certificate find(SslBundle bundle) {
    KeyStore store = bundle.getStores().getKeyStore();
    if (store == null) {
      return null;
    }
    try {
      String alias = bundle.getKey().getAlias();
      List<String> aliases =
          new ArrayList<>(alias == null ? Collections.list(store.aliases()) : List.of(alias));
      X509Certificate first = null;
      for (String each : aliases) {
        if (store.isKeyEntry(each)
            && store.getCertificate(each) instanceof X509Certificate found
            && (first == null || end(found).isBefore(end(first)))) {
          first = found;
        }
      }
      return first;
    } catch (KeyStoreException e) {
      log.debug("The certificate of an SSL bundle cannot be looked at", e);
      return null;
    }
  }

  @Override
  public void stop() {
    background.stop();
  }

  @Override
  public boolean isRunning() {
    return background.isRunning();
  }
}

package io.gossip;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.KeyStore;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Authorities and certificates made on the spot. */
public final class Certificates {

  private Certificates() {}

  /** An authority that signs for members. */
  public static X509Bundle authority(String name) {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject("CN=" + name)
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A certificate that bears this name. */
  public static X509Bundle issue(X509Bundle authority, String name) {
    return issue(authority, builder -> builder.addSanDnsName(name));
  }

  static X509Bundle issue(X509Bundle authority, UnaryOperator<CertificateBuilder> settings) {
    try {
      return settings
          .apply(new CertificateBuilder().ecp256().subject("CN=member"))
          .buildIssuedBy(authority);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What shows one certificate, or none, and trusts these authorities. */
  public static SSLContext context(@Nullable X509Bundle own, X509Bundle... trusted) {
    try {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      for (int i = 0; i < trusted.length; i++) {
        trust.setCertificateEntry("ca" + i, trusted[i].getCertificate());
      }
      TrustManagerFactory trustManagers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trustManagers.init(trust);
      KeyManagerFactory keys = own == null ? null : own.toKeyManagerFactory();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys == null ? null : keys.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.gossip.bench.siege;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.netty.Encryption;
import io.gossip.netty.Tls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates that the processes of a siege share. */
final class Secrets {

  static final String CLUSTER = "besieged";

  private static final char[] PASSWORD = "siege".toCharArray();

  private Secrets() {}

  /** The key of this number; members begin with 1. */
  static Key key(int number) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) number);
    return Key.of(secret);
  }

  static Encryption encryption(int number) {
    return Encryption.with(Keyring.of(key(number)));
  }

  /** Writes one member's certificate and its authority's, for all members to use. */
  static Path writeCertificates() throws IOException {
    Path file = Files.createTempFile("siege", ".p12");
    file.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(file)) {
      X509Bundle authority =
          new CertificateBuilder()
              .ecp256()
              .subject("CN=siege")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      X509Bundle member =
          new CertificateBuilder().ecp256().subject("CN=member").buildIssuedBy(authority);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("authority", authority.getCertificate());
      store.setKeyEntry(
          "member",
          member.getKeyPair().getPrivate(),
          PASSWORD,
          new Certificate[] {member.getCertificate(), authority.getCertificate()});
      store.store(out, PASSWORD);
      return file;
    } catch (Exception e) {
      throw new IOException("certificates must be makeable", e);
    }
  }

  static Tls tls(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return Tls.with(context);
    } catch (Exception e) {
      throw new IOException("certificates must be usable", e);
    }
  }
}

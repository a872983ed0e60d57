package io.gossip.bench;

import io.gossip.Certificates;
import io.gossip.netty.Tls;
import io.netty.pkitesting.X509Bundle;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** One authority and one certificate for all members of a benchmark, in files for all processes. */
final class BenchmarkTls {

  /** System property: the folder with the files; without it streams have no TLS. */
  static final String FOLDER = "gossip.bench.tls";

  private static final char[] PASSWORD = "benchmark".toCharArray();
  private static final String OWN = "own.p12";
  private static final String TRUSTED = "trusted.p12";

  private BenchmarkTls() {}

  /** Makes them, for this process and those it starts. */
  static void make() {
    try {
      Path folder = Files.createTempDirectory("gossip-benchmark");
      X509Bundle authority = Certificates.authority("benchmark");
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", authority.getCertificate());
      write(folder.resolve(OWN), Certificates.issue(authority, "member").toKeyStore(PASSWORD));
      write(folder.resolve(TRUSTED), trusted);
      System.setProperty(FOLDER, folder.toString());
    } catch (Exception e) {
      throw new IllegalStateException("certificates must be made", e);
    }
  }

  private static void write(Path file, KeyStore store) throws Exception {
    file.toFile().deleteOnExit();
    file.getParent().toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
  }

  /** Mutual TLS with the certificate in the files; {@code null} where there are none. */
  static @Nullable Tls tls() {
    String folder = System.getProperty(FOLDER, "");
    if (folder.isEmpty()) {
      return null;
    }
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(read(Path.of(folder, OWN)), PASSWORD);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(read(Path.of(folder, TRUSTED)));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return Tls.with(context);
    } catch (Exception e) {
      throw new IllegalStateException("certificates must be readable", e);
    }
  }

  private static KeyStore read(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }
}

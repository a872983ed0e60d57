package io.gossip.spring.autoconfigure;

import io.gossip.crypto.SigningKey;
import io.gossip.netty.Signing;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Reads what the properties say of signatures. */
final class IdentityFactory {

  private static final String PREFIX = "gossip.identity.";

  private IdentityFactory() {}

  /**
   * What the node signs with; {@code null} if it does not.
   *
   * @throws InvalidGossipPropertyException if a property has a value that cannot be
   */
  static @Nullable Signing of(GossipProperties properties, @Nullable SslBundles bundles) {
    GossipProperties.Identity identity = properties.identity();
    String name = identity.bundle();
    boolean named = name != null && !name.isBlank();
    if (!identity.sign()) {
      if (named) {
        throw new InvalidGossipPropertyException(
            PREFIX + "bundle", String.valueOf(name), "needs gossip.identity.sign=true");
      }
      return null;
    }
    String id = properties.nodeId();
    if (!named && id != null && !id.isBlank()) {
      throw new InvalidGossipPropertyException(
          "gossip.node-id",
          id,
          "needs gossip.identity.bundle with gossip.identity.sign: a name is kept for the key that"
              + " first bore it, and without a bundle each start has another");
    }
    return named && name != null
        ? new Signing(key(name, bundles), true, identity.verifyIncoming())
        : new Signing(SigningKey.generate(), false, identity.verifyIncoming());
  }

  private static SigningKey key(String name, @Nullable SslBundles bundles) {
    if (bundles == null) {
      throw invalid(name, "needs Spring Boot's SSL bundles, which are switched off", null);
    }
    try {
      return key(bundles.getBundle(name));
    } catch (NoSuchSslBundleException e) {
      throw invalid(
          name,
          "must be one of spring.ssl.bundle.pem or spring.ssl.bundle.jks, which are "
              + bundles.getBundleNames(),
          e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw invalid(
          name,
          "must have an Ed25519 key and its certificate (keytool -genkeypair -keyalg Ed25519): "
              + e.getMessage(),
          e);
    }
  }

  private static SigningKey key(SslBundle bundle) throws GeneralSecurityException {
    KeyStore store = bundle.getStores().getKeyStore();
    if (store == null) {
      throw new IllegalArgumentException("it has no key store");
    }
    String password = bundle.getKey().getPassword();
    if (password == null) {
      password = bundle.getStores().getKeyStorePassword();
    }
    char[] characters = password == null ? new char[0] : password.toCharArray();
    String alias = bundle.getKey().getAlias();
    List<String> aliases =
        alias == null ? Collections.list(store.aliases()) : Collections.singletonList(alias);
    for (String each : aliases) {
      if (store.getKey(each, characters) instanceof PrivateKey secret) {
        return SigningKey.of(secret, store.getCertificate(each).getPublicKey());
      }
    }
    throw new IllegalArgumentException("it has no private key");
  }

  private static InvalidGossipPropertyException invalid(
      String name, String rule, @Nullable Exception cause) {
    InvalidGossipPropertyException named =
        new InvalidGossipPropertyException(PREFIX + "bundle", name, rule);
    named.initCause(cause);
    return named;
  }
}

package io.gossip.spring.autoconfigure;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.netty.Encryption;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the properties say of encryption. No message of its exceptions quotes a key. */
final class EncryptionFactory {

  private static final String PREFIX = "gossip.encryption.";
  private static final String HIDDEN = "******";

  private EncryptionFactory() {}

  /**
   * What protects the node's packets; {@code null} if nothing does.
   *
   * @throws InvalidGossipPropertyException if a property has a value that cannot be
   */
  static @Nullable Encryption of(GossipProperties properties) {
    GossipProperties.Encryption encryption = properties.encryption();
    List<Key> keys = keys(encryption.keys());
    if (keys.isEmpty()) {
      if (properties.security().require()) {
        throw new InvalidGossipPropertyException(
            "gossip.security.require", true, "needs keys in gossip.encryption.keys");
      }
      return null;
    }
    if (encryption.verifyIncoming() && !encryption.verifyOutgoing()) {
      throw new InvalidGossipPropertyException(
          PREFIX + "verify-outgoing",
          false,
          "must be true with verify-incoming, or members refuse each other's packets");
    }
    if (properties.security().require() && !encryption.verifyIncoming()) {
      throw new InvalidGossipPropertyException(
          PREFIX + "verify-incoming", false, "must be true with gossip.security.require");
    }
    return new Encryption(ring(keys), encryption.verifyIncoming(), encryption.verifyOutgoing());
  }

  private static Keyring ring(List<Key> keys) {
    try {
      return Keyring.of(keys);
    } catch (IllegalArgumentException e) {
      throw invalid(PREFIX + "keys", e);
    }
  }

  /** The keys, the one to seal under first. */
  static List<Key> keys(List<String> texts) {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i).strip();
      if (text.isEmpty()) {
        continue; // as ${KEY:} leaves behind
      }
      try {
        keys.add(Key.ofBase64(text));
      } catch (IllegalArgumentException e) {
        throw invalid(PREFIX + "keys[" + i + "]", e);
      }
    }
    return keys;
  }

  private static InvalidGossipPropertyException invalid(String property, Exception cause) {
    InvalidGossipPropertyException named =
        new InvalidGossipPropertyException(property, HIDDEN, "cannot be: " + cause.getMessage());
    named.initCause(cause);
    return named;
  }
}

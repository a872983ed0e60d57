package io.gossip.crypto;

import org.jspecify.annotations.Nullable;

/** A session that something genuine came from. */
final class Sender {
  final Session session;
  final int keyId;
  final Subkey subkey;
  final ReplayWindow window = new ReplayWindow();

  /** Holds the subkey ready, if the sender has been active of late. */
  @Nullable Gcm gcm;

  /** When it was last told this life, or long ago. */
  long greetedAt = Long.MIN_VALUE / 2;

  Sender(Session session, int keyId, Subkey subkey) {
    this.session = session;
    this.keyId = keyId;
    this.subkey = subkey;
  }
}

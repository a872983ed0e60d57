package io.gossip.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM with a counter as nonce, on one {@code Cipher} of the JDK that is used again and again:
 * making one costs more than sealing a packet. Not thread-safe.
 */
final class Gcm {

  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;

  private final Cipher cipher;
  private final byte[] nonce = new byte[NONCE_BYTES];

  Gcm() {
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM/NoPadding", e);
    }
  }

  /**
   * Seals the last {@code length} bytes where they are, puts the tag behind them, and vouches for
   * the {@code clear} bytes before them.
   */
  void seal(Subkey key, long counter, byte[] box, int clear, int length) {
    try {
      begin(Cipher.ENCRYPT_MODE, key, counter);
      cipher.updateAAD(box, 0, clear);
      cipher.doFinal(box, clear, length, box, clear);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("counter " + counter + " of a session could not be used", e);
    }
  }

  /**
   * Opens the {@code sealed} bytes, tag included, that follow {@code clear} bytes.
   *
   * @return how many bytes are in {@code plain} now, or -1 if the tag is not good
   */
  int open(Subkey key, long counter, byte[] box, int clear, int sealed, byte[] plain) {
    try {
      begin(Cipher.DECRYPT_MODE, key, counter);
      cipher.updateAAD(box, 0, clear);
      return cipher.doFinal(box, clear, sealed, plain, 0);
    } catch (AEADBadTagException e) {
      return -1;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a box of " + sealed + " bytes could not be opened", e);
    }
  }

  private void begin(int mode, Subkey key, long counter) throws GeneralSecurityException {
    for (int i = NONCE_BYTES - 1, shift = 0; shift < Long.SIZE; i--, shift += Byte.SIZE) {
      nonce[i] = (byte) (counter >>> shift);
    }
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
  }
}

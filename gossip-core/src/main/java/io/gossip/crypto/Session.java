package io.gossip.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * A stretch of one process's life, named by 12 random bytes: all it seals meanwhile is under one
 * subkey and numbered from 1.
 *
 * @param head the first 8 bytes, by which others say whom they mean; never 0
 * @param tail the last 4
 */
record Session(long head, int tail) {

  static final int BYTES = 12;

  private static final byte[] LABEL = "gossip-datagram-v1".getBytes(US_ASCII);

  static Session random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    ByteBuffer view = ByteBuffer.wrap(bytes);
    do {
      random.nextBytes(bytes);
    } while (view.getLong(0) == 0);
    return new Session(view.getLong(0), view.getInt(8));
  }

  Subkey subkey(Hkdf key) {
    byte[] info = new byte[LABEL.length + BYTES];
    ByteBuffer.wrap(info).put(LABEL).putLong(head).putInt(tail);
    return key.subkey(info);
  }
}

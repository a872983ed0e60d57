package io.gossip.crypto;

import java.util.random.RandomGenerator;

/** Bytes that count up from the one it is given. */
final class FixedRandom implements RandomGenerator {
  private int next;

  FixedRandom(int first) {
    this.next = first;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) next++;
    }
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("sessions are made of bytes");
  }
}

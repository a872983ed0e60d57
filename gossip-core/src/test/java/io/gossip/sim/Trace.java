package io.gossip.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash of all that has happened: two runs of one seed must have the same. */
final class Trace {
  private final MessageDigest digest;
  private final ByteBuffer head = ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES);

  Trace() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void add(char kind, long now, int node, ByteBuffer what) {
    head.clear();
    head.put((byte) kind).putInt(node).putLong(now).flip();
    digest.update(head);
    digest.update(what.duplicate());
  }

  void add(char kind, long now, int node, Object what) {
    add(kind, now, node, StandardCharsets.UTF_8.encode(what.toString()));
  }

  /** The hash up to here; more may follow. */
  String hash() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-256 can be copied", e);
    }
  }
}

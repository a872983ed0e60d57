package io.gossip.membership;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * One life of a member: its name and the generation of the process that bears it.
 *
 * @param id the name
 * @param generation when the process started, in milliseconds since 1970; a later process of the
 *     same name always has a higher one
 */
public record Identity(NodeId id, long generation) {

  /**
   * The number this identity goes by in packets: the first 64 bits of SHA-256 over the UTF-8 name,
   * a zero byte and the big-endian generation. Never 0, which stands for "nobody" on the wire.
   */
  public long handle() {
    byte[] name = id.value().getBytes(StandardCharsets.UTF_8);
    ByteBuffer input = ByteBuffer.allocate(name.length + 1 + Long.BYTES);
    input.put(name).put((byte) 0).putLong(generation);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(input.array());
      long handle = ByteBuffer.wrap(digest).getLong();
      return handle == 0 ? 1 : handle;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return id + "@" + generation;
  }
}

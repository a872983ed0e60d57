package io.gossip.wire;

import io.gossip.membership.Evidence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The bytes that members sign. Each kind begins with its own text and the cluster, so that what was
 * signed as one says nothing as another, or elsewhere.
 */
public final class Statement {

  private static final int MARKS = 64;

  private Statement() {}

  /** A member's record: it lives, under this key, in this incarnation, here. */
  public static byte[] record(long cluster, Update.Alive alive, OwnerKey owner) {
    return bytes(
        "gossip-record-v1",
        cluster,
        sink -> {
          owner.write(sink);
          sink.text(alive.id().value());
          sink.varint(alive.generation());
          sink.incarnation(alive.incarnation());
          sink.address(alive.address());
          sink.text(alive.zone());
          sink.int8(alive.protocol().min());
          sink.int8(alive.protocol().max());
        });
  }

  /** A member has left. */
  public static byte[] left(long cluster, long handle, int incarnation) {
    return bytes(
        "gossip-left-v1",
        cluster,
        sink -> {
          sink.int64(handle);
          sink.incarnation(incarnation);
        });
  }

  /**
   * A member's state is this as of a version.
   *
   * @param entries in the order of their versions; deletions do not count
   */
  public static byte[] state(long cluster, long handle, long version, List<Update.Entry> entries) {
    return bytes(
        "gossip-state-v1",
        cluster,
        sink -> {
          sink.int64(handle);
          sink.varint(version);
          for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).value() != null) {
              MessageWriter.entry(entries.get(i), sink);
            }
          }
        });
  }

  /** An accuser has found a member silent, or gone. */
  public static byte[] charge(
      long cluster, long handle, int incarnation, long accuser, Evidence evidence) {
    return bytes(
        "gossip-charge-v1",
        cluster,
        sink -> {
          sink.int64(handle);
          sink.incarnation(incarnation);
          sink.int64(accuser);
          sink.int8(EvidenceCode.of(evidence));
        });
  }

  /** What is written into a statement behind its beginning. */
  private interface Content {
    void write(ByteSink to);
  }

  private static byte[] bytes(String kind, long cluster, Content content) {
    ByteSink counter = ByteSink.counting();
    content.write(counter);
    ByteBuffer bytes = ByteBuffer.allocate(MARKS + counter.count());
    bytes.put(kind.getBytes(StandardCharsets.US_ASCII)).put((byte) 0).putLong(cluster);
    content.write(ByteSink.into(bytes));
    byte[] statement = new byte[bytes.position()];
    bytes.flip().get(statement);
    return statement;
  }
}

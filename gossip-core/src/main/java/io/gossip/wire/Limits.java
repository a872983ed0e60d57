package io.gossip.wire;

/** The sizes beyond which a packet is malformed, whatever else it says. */
public final class Limits {
  /**
   * Highest version of a member's state: 2^56 - 1, eight bytes as a varint, so that an {@link
   * Message.Ack} is never larger than the {@link Message.Ping} it answers.
   */
  public static final long MAX_STATE_VERSION = (1L << 56) - 1;

  /** Highest generation; its year is beyond two million. */
  public static final long MAX_GENERATION = (1L << 56) - 1;

  /** Keys of one member's state, deletions included. */
  public static final int STATE_KEYS = 64;

  /** Bytes of UTF-8 in a key. */
  public static final int KEY_BYTES = 128;

  /** Bytes of UTF-8 in a value. */
  public static final int VALUE_BYTES = 1024;

  /** Bytes of UTF-8 in all keys and values of one member together. */
  public static final int STATE_BYTES = 8 * 1024;

  /** Accusers carried with one accusation. */
  public static final int CHARGES = 5;

  /**
   * The most bits that tell the buckets of a {@link Message.BucketHashes} apart: few enough that
   * who is asked sums up no more than a datagram holds.
   */
  public static final int BUCKET_BITS = 7;

  /** Alternatives named in a {@link Message.Busy}. */
  public static final int ALTERNATIVES = 8;

  /** Bytes of UTF-8 in the detail of a refusal. */
  public static final int DETAIL_BYTES = 256;

  /** Bytes of a cluster's name. */
  public static final int CLUSTER_BYTES = 128;

  /** Bytes of one frame on a stream, its length field not counted. */
  public static final int FRAME_BYTES = 64 * 1024;

  /** Smallest budget of a datagram: the largest single message must fit. */
  public static final int MIN_DATAGRAM_BYTES = 1280;

  private Limits() {}
}

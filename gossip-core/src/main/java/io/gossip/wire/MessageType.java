package io.gossip.wire;

/** The kinds of {@link Message} and the codes they have in packets. */
public enum MessageType {
  PING(1),
  ACK(2),
  WRONG_TARGET(3),
  PING_REQ(4),
  RELAYED_ACK(5),
  NACK(6),
  ALIVE(16),
  SUSPECT(17),
  DEAD(18),
  LEFT(19),
  STATE(20),
  BUCKET_HASHES(32),
  DIGEST(33),
  FETCH(34),
  JOIN(48),
  JOIN_ACCEPTED(49),
  JOIN_REFUSED(50),
  BUSY(51),
  PAGE_REQUEST(52),
  PAGE(53);

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  /** The number that stands for it in a packet, 1 to 255. */
  public int code() {
    return code;
  }
}

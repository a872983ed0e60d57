package io.gossip.wire;

import org.jspecify.annotations.Nullable;

/** The kinds of {@link Message} and the codes they have in packets. */
public enum MessageType {
  PING(1),
  ACK(2),
  WRONG_TARGET(3),
  PING_REQ(4),
  RELAYED_ACK(5),
  NACK(6),
  WATCH(7),
  ALIVE(16),
  SUSPECT(17),
  DEAD(18),
  LEFT(19),
  STATE(20),
  REFUTED(21),
  BUCKET_HASHES(32),
  DIGEST(33),
  FETCH(34),
  OFFER(35),
  JOIN(48),
  JOIN_ACCEPTED(49),
  JOIN_REFUSED(50),
  BUSY(51),
  PAGE_REQUEST(52),
  PAGE(53);

  private static final @Nullable MessageType[] BY_CODE = new @Nullable MessageType[256];

  static {
    for (MessageType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  /** The number that stands for it in a packet, 1 to 255. */
  public int code() {
    return code;
  }

  /** The type with this code, or {@code null} if this version knows none. */
  public static @Nullable MessageType ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /** The type of a message: the one place where the kinds of message are told apart. */
  public static MessageType of(Message message) {
    if (message instanceof Message.Ping) {
      return PING;
    } else if (message instanceof Message.Ack) {
      return ACK;
    } else if (message instanceof Update update) {
      return of(update);
    } else if (message instanceof Message.WrongTarget) {
      return WRONG_TARGET;
    } else if (message instanceof Message.PingReq) {
      return PING_REQ;
    } else if (message instanceof Message.RelayedAck) {
      return RELAYED_ACK;
    } else if (message instanceof Message.Nack) {
      return NACK;
    } else if (message instanceof Message.Watch) {
      return WATCH;
    } else if (message instanceof Message.BucketHashes) {
      return BUCKET_HASHES;
    } else if (message instanceof Message.Digest) {
      return DIGEST;
    } else if (message instanceof Message.Fetch) {
      return FETCH;
    } else if (message instanceof Message.Offer) {
      return OFFER;
    } else if (message instanceof Message.Join) {
      return JOIN;
    } else if (message instanceof Message.JoinAccepted) {
      return JOIN_ACCEPTED;
    } else if (message instanceof Message.JoinRefused) {
      return JOIN_REFUSED;
    } else if (message instanceof Message.Busy) {
      return BUSY;
    } else if (message instanceof Message.PageRequest) {
      return PAGE_REQUEST;
    } else if (message instanceof Message.Page) {
      return PAGE;
    }
    throw new AssertionError(message);
  }

  private static MessageType of(Update update) {
    if (update instanceof Update.Alive) {
      return ALIVE;
    } else if (update instanceof Update.Suspect) {
      return SUSPECT;
    } else if (update instanceof Update.Dead) {
      return DEAD;
    } else if (update instanceof Update.Left) {
      return LEFT;
    } else if (update instanceof Update.State) {
      return STATE;
    } else if (update instanceof Update.Refuted) {
      return REFUTED;
    }
    throw new AssertionError(update);
  }
}

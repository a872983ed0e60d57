package io.gossip.wire;

/** Why a seed did not take a joiner in. */
public enum RefusalReason {
  /** The seed could not reach the joiner at the address it announces. */
  UNREACHABLE(1),
  /** The two have no protocol version in common. */
  VERSION(2),
  /** Another live process bears the joiner's id. */
  CONFLICT(3),
  /** A former process of this id had a higher generation; renew and ask again. */
  STALE_GENERATION(4),
  /** The joiner's generation is more than a year ahead of the seed's clock. */
  FUTURE_GENERATION(5),
  /** The seed's view is full. */
  FULL(6),
  /** The request was not understood. */
  MALFORMED(7),
  /** The joiner has not shown that it may bear its name, or is not wanted. */
  IDENTITY(8);

  private final int code;

  RefusalReason(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The reason with this code; one that a later version has invented reads as MALFORMED. */
  static RefusalReason ofCode(int code) {
    for (RefusalReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    return MALFORMED;
  }
}

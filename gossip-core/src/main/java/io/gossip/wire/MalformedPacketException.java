package io.gossip.wire;

/**
 * A packet was not understood, and nothing of it was used. Made for being thrown often: it has
 * neither a stack trace nor room for suppressed exceptions.
 */
public final class MalformedPacketException extends Exception {

  /** Why a packet was not understood. */
  public enum Reason {
    /** Not a packet of ours, cut short, or against the rules. */
    MALFORMED,
    /** The checksum does not fit. */
    CHECKSUM,
    /** In a version of the protocol that is not spoken here. */
    VERSION,
    /** Of another cluster. */
    CLUSTER
  }

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  MalformedPacketException(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  static MalformedPacketException malformed(String detail) {
    return new MalformedPacketException(Reason.MALFORMED, detail);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}

package io.gossip.swim;

import io.gossip.wire.MessageType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a state machine has counted since it was created. Counted by its own thread, readable by
 * any; a reader may see counters of slightly different moments.
 */
@SuppressWarnings("EnumOrdinal") // indexes into arrays of this object only
public final class SwimStats {

  /** Why something received was not used. */
  public enum Drop {
    /** Not a packet of ours, cut short, or inconsistent. */
    MALFORMED,
    /** The checksum does not fit. */
    CHECKSUM,
    /** Of another cluster. */
    CLUSTER,
    /** In a version of the protocol that this node does not speak. */
    VERSION,
    /** Sent by this node itself. */
    OWN,
    /** Received while this node is silent, because another process bears its name. */
    SILENT,
    /** Answers nothing that was asked, or from the wrong place, or too late. */
    UNEXPECTED,
    /** About a member that is not known, where that member's own word is needed first. */
    UNKNOWN,
    /** Refused by a limit. */
    LIMIT,
    /** A generation more than a year in the future. */
    FUTURE,
    /** About a member that the application does not want. */
    FILTERED,
    /** News of a member that it has not signed, or an accusation that its accuser has not. */
    FORGED,
    /** From where too much has come of late that was not signed by whom it said. */
    UNCHECKED;

    /** Whether the packet was dropped whole; otherwise one message of it was. */
    public boolean wholePacket() {
      return switch (this) {
        case MALFORMED, CHECKSUM, CLUSTER, VERSION, OWN, SILENT -> true;
        case UNEXPECTED, UNKNOWN, LIMIT, FUTURE, FILTERED, FORGED, UNCHECKED -> false;
      };
    }
  }

  /** What else is counted. */
  public enum Counter {
    /** Datagrams handed to the shell. */
    DATAGRAMS_SENT,
    /** Datagrams received, whatever became of them. */
    DATAGRAMS_RECEIVED,
    /** Bytes of those sent, {@link SwimConfig#datagramOverhead} included: what UDP carries. */
    DATAGRAM_BYTES_SENT,
    /** Bytes of those received, counted in the same way. */
    DATAGRAM_BYTES_RECEIVED,
    /** Frames written to streams. */
    FRAMES_SENT,
    /** Frames received from streams. */
    FRAMES_RECEIVED,
    /** Bytes of those written, {@link SwimConfig#frameOverhead} included. */
    FRAME_BYTES_SENT,
    /** Bytes of those received, counted in the same way. */
    FRAME_BYTES_RECEIVED,
    /** Packets of which all known messages were read; with the drops, all that were received. */
    PACKETS_HANDLED,
    /** Messages of a type this version does not know, skipped. */
    MESSAGES_SKIPPED,
    /** Messages lost with the tail of a packet that was cut short. */
    MESSAGES_LOST,
    /** Probes begun. */
    PROBES,
    /** Probes answered directly, by a relay, or over TCP. */
    PROBES_DIRECT,
    /** Probes answered through a relay. */
    PROBES_INDIRECT,
    /** Probes answered over TCP only: UDP to that member is blocked. */
    PROBES_STREAM,
    /** Probes that nothing answered. */
    PROBES_FAILED,
    /** Probes thrown away because this process had paused. */
    PROBES_DISCARDED,
    /** Pauses of this process noticed. */
    PAUSES,
    /** Suspicions raised by this node. */
    SUSPICIONS,
    /** Suspicions of others that ended because the member showed life. */
    FALSE_SUSPICIONS,
    /** Members declared dead by this node, as they did not answer in time. */
    DEATHS_DECLARED,
    /** Members declared dead by this node at once, as their end was proven. */
    DEATHS_PROVEN,
    /** Members that came back from the dead in the same generation. */
    FALSE_DEATHS,
    /** Accusations of this node that it refuted. */
    REFUTATIONS,
    /** Accusers that are not listened to for a while, since too many refuted them. */
    ACCUSERS_SILENCED,
    /** Verdicts put off because too many fell due at once. */
    VERDICTS_BRAKED,
    /** Verdicts put off because this node heard nobody. */
    VERDICTS_HELD,
    /** Zones and regions found to be cut off. */
    ZONES_HELD,
    /** Verdicts put off because the member's zone was not heard. */
    VERDICTS_HELD_BY_ZONE,
    /** Last looks that found the member alive. */
    LAST_LOOKS_SAVED,
    /** Findings that large datagrams do not reach a member, though small ones do. */
    PATHS_NARROW,
    /** Watch links tried. */
    LINKS_OPENED,
    /** Watch links that ended without a word. */
    LINKS_LOST,
    /** Watch links of others refused, because there were too many. */
    WATCHERS_REFUSED,
    /** Repairs begun. */
    SYNCS,
    /** Those of them after which both sides had the same view. */
    SYNCS_FINISHED,
    /** Those that had not got there when the next one began, or four sync intervals were over. */
    SYNCS_UNFINISHED,
    /** Rumors that were dropped because the queue was full. */
    RUMORS_DROPPED,
    /** Rumors held back because of the bandwidth cap: rounds not made. */
    ROUNDS_CAPPED,
    /** Joins attempted. */
    JOINS_ATTEMPTED,
    /** Joins that a seed accepted. */
    JOINS_ACCEPTED,
    /** Joins that came to nothing. */
    JOINS_FAILED,
    /** Joiners taken in. */
    JOINERS_ACCEPTED,
    /** Joiners refused or sent elsewhere. */
    JOINERS_REFUSED,
    /** Joiners given a few members only, because many joined at once. */
    JOINERS_SAMPLED,
    /** Tombstones dropped early because there were too many. */
    TOMBSTONES_DROPPED
  }

  private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] counts = new long[Counter.values().length];
  private final long[] nanos = new long[Counter.values().length];
  private final long[] drops = new long[Drop.values().length];
  private final long[] sent = new long[MessageType.values().length];
  private final long[] received = new long[MessageType.values().length];

  /** Counters of 0. */
  public SwimStats() {}

  /** How often it happened. */
  public long count(Counter counter) {
    return (long) COUNTS.getOpaque(counts, counter.ordinal());
  }

  /**
   * How long it took in all, in nanoseconds, to come to what {@code outcome} counts: PROBES_DIRECT,
   * PROBES_INDIRECT, PROBES_STREAM, PROBES_FAILED, SYNCS_FINISHED or SYNCS_UNFINISHED; 0 for any
   * other.
   */
  public long nanos(Counter outcome) {
    return (long) COUNTS.getOpaque(nanos, outcome.ordinal());
  }

  /** Packets or messages dropped for this reason. */
  public long dropped(Drop reason) {
    return (long) COUNTS.getOpaque(drops, reason.ordinal());
  }

  /** Messages of this type sent, on datagrams and streams. */
  public long sent(MessageType type) {
    return (long) COUNTS.getOpaque(sent, type.ordinal());
  }

  /** Messages of this type received, on datagrams and streams. */
  public long received(MessageType type) {
    return (long) COUNTS.getOpaque(received, type.ordinal());
  }

  void add(Counter counter) {
    add(counts, counter.ordinal(), 1);
  }

  void add(Counter counter, long amount) {
    add(counts, counter.ordinal(), amount);
  }

  void took(Counter outcome, long amount) {
    add(nanos, outcome.ordinal(), amount);
  }

  void drop(Drop reason) {
    add(drops, reason.ordinal(), 1);
  }

  void sent(MessageType type, int amount) {
    add(sent, type.ordinal(), amount);
  }

  void received(MessageType type, int amount) {
    add(received, type.ordinal(), amount);
  }

  private static void add(long[] counters, int index, long amount) {
    COUNTS.setOpaque(counters, index, counters[index] + amount);
  }
}

package io.gossip.wire;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What members say to each other. One packet carries a {@link Header} and any number of these.
 *
 * <p>Members are named by the {@linkplain io.gossip.membership.Identity#handle() handle} of their
 * identity. A nonce is 64 random bits and comes back in the answer.
 */
public sealed interface Message
    permits Update,
        Message.Ping,
        Message.Ack,
        Message.WrongTarget,
        Message.PingReq,
        Message.RelayedAck,
        Message.Nack,
        Message.Watch,
        Message.BucketHashes,
        Message.Digest,
        Message.Fetch,
        Message.Offer,
        Message.Join,
        Message.JoinAccepted,
        Message.JoinRefused,
        Message.Busy,
        Message.PageRequest,
        Message.Page {

  // Failure detection, SWIM §3 and Lifeguard

  /**
   * Asks whether the target is alive.
   *
   * @param target whom this is meant for; 0 for whoever receives it
   */
  record Ping(long nonce, long target) implements Message {}

  /**
   * Answers a {@link Ping}, after everything else in its packet has been applied.
   *
   * @param held version of the pinging member's state that the answering one holds; 0 for none
   */
  record Ack(long nonce, long held) implements Message {}

  /** Answers a {@link Ping} meant for somebody else: the header says who is here. */
  record WrongTarget(long nonce, long target) implements Message {}

  /** Asks a relay to ping the target. */
  record PingReq(long nonce, long target) implements Message {}

  /** A relay's answer: the target answered it, in the incarnation said. */
  record RelayedAck(long nonce, long target, int incarnation) implements Message {}

  /** A relay's answer: I am here, but the target did not answer me in time (Lifeguard's nack). */
  record Nack(long nonce, long target) implements Message {}

  /**
   * Makes the stream it comes on a watch link: the target keeps its end open as long as its process
   * lives, and says so before it leaves. Answered like a {@link Ping}.
   */
  record Watch(long nonce, long target) implements Message {}

  // Anti-entropy

  /**
   * The sums of the view hash by bucket: those active members whose handle starts with the bucket's
   * number as its first {@code bits} bits.
   *
   * @param bits 1 to {@value Limits#BUCKET_BITS}
   * @param first number of the first bucket told
   */
  record BucketHashes(int bits, int first, List<Long> sums) implements Message {}

  /**
   * All active members the sender knows of whose handle is, unsigned, from {@code from} to {@code
   * to}, both included.
   */
  record Digest(long from, long to, List<DigestEntry> entries) implements Message {}

  /** One line of a {@link Digest}, a {@link Fetch} or an {@link Offer}. */
  record DigestEntry(long handle, int incarnation, long stateVersion) {}

  /**
   * Asks for records; answered with {@link Update}s.
   *
   * @param entries whom, and the state version held of each; -1 where not even the member is known
   */
  record Fetch(List<DigestEntry> entries) implements Message {}

  /**
   * Says what the sender has more of than the receiver's {@link Digest} showed, where that is too
   * much to be sent at once.
   *
   * @param entries active members as the sender knows them
   */
  record Offer(List<DigestEntry> entries) implements Message {}

  // Joining, over a stream

  /**
   * Asks to be taken in; the {@link Update.Alive} of the joiner and its state follow in the frame.
   */
  record Join(long nonce) implements Message {}

  /**
   * The joiner was reached at its address and is a member now.
   *
   * @param members how many active members the seed knows
   */
  record JoinAccepted(long nonce, int members) implements Message {}

  /**
   * The joiner was not taken in.
   *
   * @param generation for {@link RefusalReason#STALE_GENERATION}: the one to exceed; otherwise 0
   * @param detail for a person to read, at most 256 bytes of UTF-8
   */
  record JoinRefused(long nonce, RefusalReason reason, long generation, String detail)
      implements Message {}

  /** The seed has too much to do now; others to ask instead. */
  record Busy(long nonce, List<InetSocketAddress> alternatives) implements Message {}

  /** Asks for the page of active members that follows the handle, unsigned; 0 for the first. */
  record PageRequest(long after) implements Message {}

  /**
   * A page of members; their {@link Update}s follow in the frame.
   *
   * @param last handle of the last member on it; 0 when no page follows
   */
  record Page(long last) implements Message {}
}

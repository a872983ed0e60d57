package io.gossip.membership;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a node's view of the cluster. Published after the view has changed, in
 * the order of the changes, each change once.
 *
 * <p>Per member the events read {@code Joined (Updated | Suspected | Recovered | Restarted)*
 * (Failed | Left)}, then {@code Forgotten}, or {@code Joined} again when it comes back. {@code
 * ZoneUnreachable} stands for the {@code Suspected} of all the members it names, {@code
 * ZoneReachable} for their {@code Recovered}.
 */
public sealed interface MembershipEvent {

  /** The member it happened to, as it stands after the event. */
  Member member();

  /**
   * A member is new in the view, or back after having failed or left.
   *
   * @param previous the last record of this id, if it is still remembered; {@code null} if it is
   *     new
   */
  record Joined(Member member, @Nullable Member previous) implements MembershipEvent {

    /** For a member whose id is new here. */
    public Joined(Member member) {
      this(member, null);
    }

    /** Whether a new process bears the id of one that had failed or left. */
    public boolean isRestart() {
      return previous != null && previous.generation() < member.generation();
    }
  }

  /**
   * A member changed its state, address or zone.
   *
   * @param previous the member as it was before
   */
  record Updated(Member member, Member previous) implements MembershipEvent {}

  /**
   * A new process bears the name; the old one is gone without having been suspected.
   *
   * @param previous the last record of the former process
   */
  record Restarted(Member member, Member previous) implements MembershipEvent {}

  /**
   * A member was found silent.
   *
   * @param accusations who found it so, and how; at least one
   * @param trail what led to it, the latest last
   */
  record Suspected(Member member, List<Accusation> accusations, List<TrailEntry> trail)
      implements MembershipEvent {

    /** Without what led to it. */
    public Suspected(Member member, List<Accusation> accusations) {
      this(member, accusations, List.of());
    }

    /** Why, as a sentence without a full stop. */
    public String reason() {
      return Reasons.suspected(accusations, trail);
    }
  }

  /**
   * A suspected member showed that it lives.
   *
   * @param trail what had spoken against it and what refuted that, the latest last
   */
  record Recovered(Member member, List<TrailEntry> trail) implements MembershipEvent {

    /** Without what refuted the suspicion. */
    public Recovered(Member member) {
      this(member, List.of());
    }

    /** Why, as a sentence without a full stop. */
    public String reason() {
      return Reasons.recovered(trail);
    }
  }

  /**
   * A member was declared dead.
   *
   * @param accusations who found it silent, and how; may be empty when the verdict came from a peer
   * @param detection time between the first suspicion here and the verdict
   * @param sinceFirstSign time between the first sign of it here and the verdict: the beginning of
   *     a ping that was not answered, the end of a connection, somebody's accusation; at least
   *     {@code detection}
   * @param trail what led to it, the latest last
   */
  record Failed(
      Member member,
      List<Accusation> accusations,
      Duration detection,
      Duration sinceFirstSign,
      List<TrailEntry> trail)
      implements MembershipEvent {

    /** Without what led to it. */
    public Failed(Member member, List<Accusation> accusations, Duration detection) {
      this(member, accusations, detection, List.of());
    }

    /** Without the time since the first sign. */
    public Failed(
        Member member, List<Accusation> accusations, Duration detection, List<TrailEntry> trail) {
      this(member, accusations, detection, detection, trail);
    }

    /** Why, as a sentence without a full stop. */
    public String reason() {
      return Reasons.failed(accusations, sinceFirstSign, trail);
    }
  }

  /** A member left on purpose. */
  record Left(Member member) implements MembershipEvent {}

  /** A member that had failed or left is no longer kept. */
  record Forgotten(Member member) implements MembershipEvent {}

  /**
   * A zone or region is cut off from this node: its members are under suspicion, and for some time
   * none of them is declared dead for its silence.
   *
   * @param member this node
   * @param zone the zone, or the region: the name of its zones up to the first slash
   * @param members those who are suspected because of it, ordered by id; some may have been before
   */
  record ZoneUnreachable(Member member, String zone, List<Member> members)
      implements MembershipEvent {}

  /**
   * A zone or region that was cut off is heard again.
   *
   * @param member this node
   * @param zone the zone or region
   * @param members those who are no longer suspected, having been so for no other reason; ordered
   *     by id
   */
  record ZoneReachable(Member member, String zone, List<Member> members)
      implements MembershipEvent {}

  /**
   * This node hears nobody, or most of the others are under suspicion, though it knows others or
   * has seeds. The last view is kept.
   */
  record Isolated(Member member) implements MembershipEvent {}

  /**
   * This node hears most of the others: for the first time, or again after having been isolated.
   */
  record Connected(Member member) implements MembershipEvent {}

  /**
   * Another live process bears this node's name and is newer; this node no longer announces itself.
   *
   * @param other where the other process listens
   */
  record Conflict(Member member, InetSocketAddress other) implements MembershipEvent {}
}

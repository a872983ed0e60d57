package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.wire.Update;
import io.gossip.wire.ViewHash;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this node keeps of one member: its record and what was observed of it. A struct; only {@link
 * MembershipList} changes the record.
 */
final class Peer {

  static final long NEVER = Long.MIN_VALUE;

  /**
   * Bytes of a rumor that carries state. The largest single entry fits, which takes 1,209; and in
   * the smallest datagram there is room for an ack or a ping beside it.
   */
  static final int STATE_RUMOR_BYTES = 1_210;

  final long handle;
  final VersionedState state;
  final RoundTrip roundTrip = new RoundTrip();

  Member member;

  /** When it got its status. */
  long since;

  /** When a packet last came from it directly. */
  long lastHeard = NEVER;

  /** The view hash it last told. */
  long viewHash;

  /**
   * Whether it has returned a nonce of ours from its address: only then are answers sent at length.
   */
  boolean echoed;

  /** The running suspicion; present exactly while the status is SUSPECT. */
  @Nullable Suspicion suspicion;

  /** When its suspicion is looked at next; {@link #NEVER} if no timer is set. */
  long verdictDue = NEVER;

  /** A last look is under way. */
  boolean lastLook;

  /** Who had found it silent when it was declared dead. */
  List<Update.Charge> charges = List.of();

  /** When it was last greeted because somebody believes it alive that is dead here. */
  long greetedAt = NEVER;

  /** Its place among the active members, or -1; kept by {@link MembershipList}. */
  int slot = -1;

  Peer(Member member, long handle, VersionedState state, long now) {
    this.member = member;
    this.handle = handle;
    this.state = state;
    this.since = now;
  }

  MemberStatus status() {
    return member.status();
  }

  boolean isActive() {
    return member.status().isActive();
  }

  int incarnation() {
    return member.incarnation();
  }

  InetSocketAddress address() {
    return member.address();
  }

  /** Its term in the view hash. */
  long term() {
    return ViewHash.of(handle, member.incarnation(), member.stateVersion());
  }

  Update.Alive alive() {
    return new Update.Alive(
        member.id(),
        member.generation(),
        member.incarnation(),
        member.address(),
        member.zone(),
        member.protocol(),
        member.stateVersion());
  }

  /** Its suspicion as news; it must be suspected. */
  Update.Suspect suspect() {
    Suspicion running = suspicion;
    if (running == null) {
      throw new IllegalStateException("member must be suspected, but was " + member);
    }
    return new Update.Suspect(handle, member.incarnation(), running.charges());
  }

  /** Its newest state as a rumor, if it has any. */
  void spreadState(Dissemination rumors) {
    Update.State newest = state.latest(handle, STATE_RUMOR_BYTES);
    if (newest != null) {
      rumors.add(newest, true);
    }
  }
}

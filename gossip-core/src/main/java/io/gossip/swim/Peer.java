package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.wire.PacketWriter;
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

  Member member;

  /** When it got its status. */
  long since;

  /** Its place among the active members, or among the departed; kept by {@link MembershipList}. */
  int slot = -1;

  /** Its key-value state as far as it is known here. */
  VersionedState state;

  /** How its word is checked; {@code null} if it does not sign. Its record is signed as it is. */
  @Nullable Credential credential;

  private @Nullable Contact contact;
  private @Nullable Trial trial;

  /** What came of direct contact: most pairs of a large cluster never have any. */
  private static final class Contact extends RoundTrip {
    long lastHeard = NEVER;
    long viewHash;
    boolean echoed;
    byte health = -1;
    Convergence.Answer answer = Convergence.Answer.NONE;
    long greetedAt = NEVER;
    long largeHeard = NEVER;
  }

  /** What came of accusations: most members have never been accused. */
  private static final class Trial {
    @Nullable Suspicion suspicion;
    long verdictDue = NEVER;
    boolean lastLook;
    List<Update.Charge> charges = List.of();
    @Nullable Trail trail;
  }

  /** One whose state is not known yet. */
  Peer(Member member, long handle, long now) {
    this(member, handle, VersionedState.NONE, now);
  }

  Peer(Member member, long handle, VersionedState state, long now) {
    this.member = member;
    this.handle = handle;
    this.state = state;
    this.since = now;
  }

  // Direct contact

  private Contact contact() {
    Contact known = contact;
    if (known == null) {
      known = new Contact();
      contact = known;
    }
    return known;
  }

  /** A packet came from it directly. */
  void heard(long now) {
    contact().lastHeard = now;
  }

  /** A packet came from it directly, with this view hash and local health score in it. */
  void heard(long now, long itsViewHash, int itsHealth) {
    heard(now);
    contact().viewHash = itsViewHash;
    contact().health = (byte) itsHealth;
  }

  /** When a packet last came from it directly, or {@link #NEVER}. */
  long lastHeard() {
    return contact == null ? NEVER : contact.lastHeard;
  }

  /** The local health score it last told; -1 if it told none. */
  byte health() {
    return contact == null ? -1 : contact.health;
  }

  /** What it said it holds of this node's state when it last answered. */
  Convergence.Answer answer() {
    return contact == null ? Convergence.Answer.NONE : contact.answer;
  }

  void setAnswer(Convergence.Answer answer) {
    if (contact != null) {
      contact.answer = answer;
    }
  }

  /** The view hash it last told; 0 if it told none. */
  long viewHash() {
    return contact == null ? 0 : contact.viewHash;
  }

  /**
   * Whether it has returned a nonce of ours from its address: only then are answers sent at length.
   */
  boolean isEchoed() {
    return contact != null && contact.echoed;
  }

  void setEchoed(boolean echoed) {
    contact().echoed = echoed;
  }

  /** It was greeted because somebody believes it alive that is dead here. */
  void greeted(long now) {
    contact().greetedAt = now;
  }

  /** When it was last greeted, or {@link #NEVER}. */
  long greetedAt() {
    return contact == null ? NEVER : contact.greetedAt;
  }

  /** It has answered a datagram of the full size. */
  void heardLarge(long now) {
    contact().largeHeard = now;
  }

  /** When it last answered a datagram of the full size, or {@link #NEVER}. */
  long largeHeard() {
    return contact == null ? NEVER : contact.largeHeard;
  }

  /** How long its answers take. */
  RoundTrip roundTrip() {
    return contact == null ? RoundTrip.UNKNOWN : contact;
  }

  /** Its answer took so long. */
  void sampleRoundTrip(long nanos) {
    contact().sample(nanos);
  }

  // Accusations

  private Trial trial() {
    Trial known = trial;
    if (known == null) {
      known = new Trial();
      trial = known;
    }
    return known;
  }

  /**
   * The running suspicion: only while the status is SUSPECT, and then unless the member is
   * suspected for its zone alone ({@link PartitionHold}).
   */
  @Nullable Suspicion suspicion() {
    return trial == null ? null : trial.suspicion;
  }

  /** Whether it is suspected, and few have found it silent where others could have. */
  boolean isUnconfirmed() {
    Suspicion running = suspicion();
    return running != null && !running.isConfirmed();
  }

  /** A suspicion begins. */
  void suspect(Suspicion begun) {
    trial().suspicion = begun;
  }

  /** Its suspicion ends, if there is one. */
  void endSuspicion() {
    if (trial != null) {
      trial.suspicion = null;
    }
  }

  /** When its suspicion is looked at next; {@link #NEVER} if no timer is set. */
  long verdictDue() {
    return trial == null ? NEVER : trial.verdictDue;
  }

  void setVerdictDue(long due) {
    trial().verdictDue = due;
  }

  /** Whether a last look is under way. */
  boolean isLookedAt() {
    return trial != null && trial.lastLook;
  }

  void setLookedAt(boolean underWay) {
    if (trial != null || underWay) {
      trial().lastLook = underWay;
    }
  }

  /** Who had found it silent when it was declared dead. */
  List<Update.Charge> charges() {
    return trial == null ? List.of() : trial.charges;
  }

  /** It is declared dead, and for these reasons. */
  void condemn(List<Update.Charge> reasons) {
    endSuspicion();
    if (trial != null || !reasons.isEmpty()) {
      trial().charges = List.copyOf(reasons);
    }
  }

  /** What spoke for and against it; {@code null} if nothing did. */
  @Nullable Trail trail() {
    return trial == null ? null : trial.trail;
  }

  void setTrail(Trail trail) {
    trial().trail = trail;
  }

  // The record

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
    Credential known = credential;
    return new Update.Alive(
        member.id(),
        member.generation(),
        member.incarnation(),
        member.address(),
        member.zone(),
        member.protocol(),
        member.stateVersion(),
        known == null ? null : known.owner(),
        known == null ? null : known.record());
  }

  /** Its incarnation as news for those who know it. */
  Update.Refuted refuted() {
    return new Update.Refuted(
        handle, member.incarnation(), credential == null ? null : credential.record());
  }

  /** That it has left as news; it must have. */
  Update.Left left() {
    return new Update.Left(
        handle, member.incarnation(), credential == null ? null : credential.left());
  }

  /** Its suspicion as news; it must be suspected. */
  Update.Suspect suspected() {
    Suspicion running = suspicion();
    if (running == null) {
      throw new IllegalStateException("member must be suspected, but was " + member);
    }
    return new Update.Suspect(handle, member.incarnation(), running.charges());
  }

  /**
   * Its newest state as a rumor, if it has any.
   *
   * @param hops members that it has come through, this node included; 0 if that is not known
   */
  void spreadState(Dissemination rumors, int hops) {
    Update.State newest = newestState(hops);
    if (newest != null) {
      rumors.add(newest, true);
    }
  }

  /** Its newest state as a rumor, which says how it has come where there is room for it. */
  Update.@Nullable State newestState(int hops) {
    Update.State newest = state.latest(handle, STATE_RUMOR_BYTES);
    if (newest == null || hops == 0) {
      return newest;
    }
    Update.State telling = newest.after(hops);
    return PacketWriter.sizeOf(telling) <= STATE_RUMOR_BYTES ? telling : newest;
  }
}

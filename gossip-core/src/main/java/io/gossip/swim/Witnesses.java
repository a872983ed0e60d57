package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import io.gossip.wire.Update.Charge;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose accusations count. Where members sign: those of members, signed by them, of whom not too
 * many have proved to be wrong of late. Elsewhere anybody could speak in anybody's name, and all
 * count.
 */
final class Witnesses {

  /** So many machines do not lie together: a crash that they have found is believed. */
  static final int ENOUGH = 3;

  /** How long a member has to be known for it: one can make up others, and answer for them. */
  static final long KNOWN_NANOS = 60_000_000_000L;

  /** Wrong accusations within a minute that anybody is forgiven, in small clusters. */
  static final int FORGIVEN = 8;

  /** In larger ones it is this share of the members. */
  private static final int FORGIVEN_SHARE = 8;

  static final long WINDOW_NANOS = 60_000_000_000L;

  /** For how long the accuser is not listened to. */
  static final long SILENCE_NANOS = 300_000_000_000L;

  private static final int MOST = 1_024;

  private static final class Standing {
    long windowEnds;
    int wrong;
    long silentUntil = Long.MIN_VALUE;
  }

  private final Signatures signatures;
  private final MembershipList list;
  private final Complaints complaints;

  /** By handle; the one found wrong longest ago comes first. */
  private final Map<Long, Standing> standings = new LinkedHashMap<>();

  Witnesses(Signatures signatures, MembershipList list, Complaints complaints) {
    this.signatures = signatures;
    this.list = list;
    this.complaints = complaints;
  }

  /** Whether a death needs {@link #ENOUGH} of them, or this node's own finding. */
  boolean mustBeMany() {
    return signatures.areRequired();
  }

  /**
   * Those charges against a member that count.
   *
   * @param running the suspicion that is under way; what is in it has been checked
   */
  List<Charge> heard(
      long now, long handle, int incarnation, List<Charge> charges, @Nullable Suspicion running) {
    if (!signatures.check()) {
      return charges;
    }
    List<Charge> heard = new ArrayList<>(charges.size());
    for (int i = 0; i < charges.size(); i++) {
      Charge charge = charges.get(i);
      if (running != null && running.holds(charge)) {
        heard.add(charge);
      } else if (counts(now, handle, incarnation, charge)) {
        heard.add(charge);
      }
    }
    return heard;
  }

  private boolean counts(long now, long handle, int incarnation, Charge charge) {
    Peer accuser = list.find(charge.accuser());
    if (accuser == null || accuser == list.self() || isSilenced(now, accuser.handle)) {
      return !signatures.areRequired(); // what this node has found it does not learn from others
    }
    boolean genuine = signatures.admits(accuser, handle, incarnation, charge);
    if (!genuine) {
      complaints.forged("an accusation", accuser.member.id());
    }
    return genuine;
  }

  private boolean isSilenced(long now, long accuser) {
    Standing standing = standings.get(accuser);
    return standing != null && now < standing.silentUntil;
  }

  /** Whether so many that have been known for long, on machines of their own, found a crash. */
  boolean areEnough(long now, List<Charge> charges) {
    Set<InetAddress> machines = new LinkedHashSet<>();
    int onLoopback = 0;
    for (int i = 0; i < charges.size(); i++) {
      Peer accuser = list.find(charges.get(i).accuser());
      if (charges.get(i).evidence().showsCrash()
          && accuser != null
          && accuser != list.self()
          && accuser.status() == MemberStatus.ALIVE
          && now - accuser.since >= KNOWN_NANOS) {
        InetAddress machine = accuser.address().getAddress();
        if (machine.isLoopbackAddress()) {
          onLoopback++; // where there is one machine only
        } else {
          machines.add(machine);
        }
      }
    }
    return machines.size() + onLoopback >= ENOUGH;
  }

  /** A member has refuted these charges. */
  void refuted(long now, List<Charge> charges) {
    if (!signatures.areRequired()) {
      return;
    }
    for (int i = 0; i < charges.size(); i++) {
      Peer accuser = list.find(charges.get(i).accuser());
      if (accuser != null && accuser != list.self()) {
        wrong(now, accuser);
      }
    }
  }

  private void wrong(long now, Peer accuser) {
    Standing standing = standings.remove(accuser.handle);
    if (standing == null) {
      standing = new Standing();
      if (standings.size() >= MOST) {
        Iterator<Long> oldest = standings.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    standings.put(accuser.handle, standing);
    if (now >= standing.windowEnds) {
      standing.windowEnds = now + WINDOW_NANOS;
      standing.wrong = 0;
    }
    standing.wrong++;
    int forgiven = Math.max(FORGIVEN, list.activeCount() / FORGIVEN_SHARE);
    if (standing.wrong > forgiven && now >= standing.silentUntil) {
      standing.silentUntil = now + SILENCE_NANOS;
      complaints.silenced(accuser, standing.wrong);
    }
  }
}

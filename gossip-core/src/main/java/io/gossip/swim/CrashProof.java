package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import io.gossip.wire.Update;
import java.util.List;

/**
 * When a crash is proven, as opposed to a silence, and who has to look for itself so that it is:
 * the kernel's word that nobody listens any more is believed of two members, so that a firewall
 * between one pair is no death.
 */
final class CrashProof {

  /** Observers of a crash that are a verdict in any cluster. */
  private static final int OBSERVERS = 2;

  /** Those that follow a member in the order of handles look for themselves. */
  private static final int LOOKING = 3;

  private static final int SMALL_CLUSTER = 128;

  private final MembershipList list;
  private final Hearing hearing;
  private final Witnesses witnesses;

  CrashProof(MembershipList list, Hearing hearing, Witnesses witnesses) {
    this.list = list;
    this.hearing = hearing;
    this.witnesses = witnesses;
  }

  /** Whether somebody has found a crash. */
  static boolean isShown(List<Update.Charge> charges) {
    for (int i = 0; i < charges.size(); i++) {
      if (charges.get(i).evidence().showsCrash()) {
        return true;
      }
    }
    return false;
  }

  /** How many who have found it are remembered: as many as could be needed. */
  int witnesses() {
    return witnesses.mustBeMany() ? Witnesses.ENOUGH : OBSERVERS;
  }

  /** How many have to find a crash until it is a verdict. */
  int observersNeeded(long now) {
    int members = list.activeCount();
    return members <= 3 || hearing.hasGivenUp(now, members) ? 1 : OBSERVERS;
  }

  /** Where members sign, two of them may still lie together, but not about what is found here. */
  boolean isProven(long now, Suspicion running) {
    if (witnesses.mustBeMany() && !running.isFoundHere()) {
      return witnesses.areEnough(now, running.charges());
    }
    return running.crashObservers() >= observersNeeded(now);
  }

  /** Whether this node should look for itself at a crash that others have found. */
  boolean isToBeSeen(Peer peer) {
    return isNextAfter(peer) || othersAreNoProof(peer);
  }

  /** Where others' word alone is no proof, all of a small cluster look for themselves. */
  private boolean othersAreNoProof(Peer peer) {
    Suspicion running = peer.suspicion();
    return witnesses.mustBeMany()
        && running != null
        && running.crashObservers() >= OBSERVERS
        && list.activeCount() <= SMALL_CLUSTER;
  }

  /**
   * Whether this node is one of the three that follow the member in the order of handles: those who
   * look for themselves at what others say of it.
   */
  boolean isNextAfter(Peer peer) {
    int seen = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (Peer next : pass == 0 ? list.kept(peer.handle) : list.kept(0)) {
        if (next == list.self()) {
          return true;
        }
        if (next.status() == MemberStatus.ALIVE && ++seen == LOOKING) {
          return false;
        }
      }
    }
    return false;
  }
}

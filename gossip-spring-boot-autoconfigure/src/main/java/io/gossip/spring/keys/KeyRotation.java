package io.gossip.spring.keys;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.membership.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leads a ring to the keys it is to hold without locking anybody out: a new key is held at once,
 * sealed under when all members hold it, and an old one is removed when nobody has sealed under it
 * for a while. Each member does that for itself, by what the others say they hold. Not thread-safe.
 */
final class KeyRotation {

  /**
   * Where a change of keys stands.
   *
   * @param ring the ring now
   * @param done whether it is what it is to be
   * @param waitingFor names of members that are waited for, at most {@value #MAX_NAMED}
   * @param reason what is waited for, in words; empty when done
   */
  record Stage(Keyring ring, boolean done, List<String> waitingFor, String reason) {}

  private static final int MAX_NAMED = 10;

  private final long retireNanos;
  private final Map<Integer, Long> unusedSince = new HashMap<>();
  private List<Key> wanted;

  /**
   * Holds what it is to hold.
   *
   * @param retireAfter how long nobody must have sealed under a key before it is removed: as long
   *     as a member may be away and come back with it
   */
  KeyRotation(Keyring ring, Duration retireAfter) {
    this.wanted = ring.keys();
    this.retireNanos = retireAfter.toNanos();
  }

  /** What the ring is to be. */
  List<Key> wanted() {
    return wanted;
  }

  /** Other keys, the one to seal under first. */
  void want(Keyring ring) {
    wanted = ring.keys();
  }

  /**
   * As far as the ring can go now.
   *
   * @param others the active members but this one
   */
  Stage advance(Keyring ring, List<Member> others, long now) {
    Keyring held = hold(retire(ring, others, now));
    Key primary = wanted.get(0);
    if (held.find(primary.id()) == null) {
      return waiting(held, List.of(), "there is no room for " + primary + " yet");
    }
    if (held.primary().id() != primary.id()) {
      List<Member> behind = others.stream().filter(m -> !holds(m, primary)).toList();
      if (!behind.isEmpty()) {
        return waiting(held, behind, "not all members hold " + primary + " yet");
      }
      held = held.promote(primary.id());
    }
    if (held.keys().size() > wanted.size()) {
      return waiting(held, users(held, others), "former keys are kept until nobody uses them");
    }
    return new Stage(held, true, List.of(), "");
  }

  private Keyring hold(Keyring ring) {
    Keyring held = ring;
    for (Key key : wanted) {
      if (held.find(key.id()) == null && held.keys().size() < Keyring.MAX_KEYS) {
        held = held.with(key);
      }
    }
    return held;
  }

  private Keyring retire(Keyring ring, List<Member> others, long now) {
    Keyring left = ring;
    for (Key key : ring.keys()) {
      boolean used = key.equals(ring.primary()) || others.stream().anyMatch(m -> uses(m, key));
      if (used || wanted.contains(key)) {
        unusedSince.remove(key.id());
      } else if (now - unusedSince.computeIfAbsent(key.id(), id -> now) >= retireNanos) {
        left = left.remove(key.id());
        unusedSince.remove(key.id());
      }
    }
    return left;
  }

  private List<Member> users(Keyring held, List<Member> others) {
    List<Member> users = new ArrayList<>();
    for (Key key : held.keys()) {
      if (!wanted.contains(key)) {
        others.stream().filter(m -> uses(m, key) && !users.contains(m)).forEach(users::add);
      }
    }
    return users;
  }

  private static boolean holds(Member member, Key key) {
    return MemberKeys.of(member).contains(key.idText());
  }

  /** Whether it seals under that key. */
  private static boolean uses(Member member, Key key) {
    List<String> ids = MemberKeys.of(member);
    return !ids.isEmpty() && ids.get(0).equals(key.idText());
  }

  private static Stage waiting(Keyring ring, List<Member> members, String reason) {
    return new Stage(
        ring,
        false,
        members.stream().limit(MAX_NAMED).map(member -> member.id().value()).toList(),
        reason);
  }
}

package io.gossip.swim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One zone or region as this node hears it; a struct of {@link Zones} and {@link PartitionHold}.
 * Its members are those of the view but this node itself.
 */
final class Zone {

  /** What this node makes of a zone. */
  enum State {
    /** Nothing special. */
    CONNECTED,
    /** It has been silent, and some of its members are asked whether it is there. */
    ASKED,
    /** Cut off: no verdict falls on its members. */
    HELD,
    /** Cut off for so long that verdicts fall again. */
    GIVEN_UP
  }

  /** An answer of one member. */
  record Sign(long handle, long at) {}

  /** Answers of so many members, or of a third of fewer, show that a zone is there. */
  static final int ENOUGH = 3;

  final String name;

  /** The region it belongs to, if its name says one. */
  final @Nullable Zone region;

  /** Whether this node is in it. */
  final boolean own;

  int members;
  int suspects;

  State state = State.CONNECTED;

  /** When it got its state. */
  long since;

  /** How often its state has been looked at while it was asked. */
  int looks;

  /** When the timer that counts for it goes off. */
  long due = Peer.NEVER;

  /** When a member last answered a probe. */
  long lastAnswer = Peer.NEVER;

  /** When it last answered in numbers, having been asked. */
  long answeredAt = Peer.NEVER;

  /** When it was last found to be there again after it had been held. */
  long backAt = Peer.NEVER;

  /** The newest of each member, of as many as are needed; none while it is connected. */
  List<Sign> signs = List.of();

  Zone(String name, @Nullable Zone region, boolean own) {
    this.name = name;
    this.region = region;
    this.own = own;
  }

  void enter(State next, long now) {
    state = next;
    since = now;
    looks = 0;
    if (next == State.CONNECTED) {
      signs = List.of();
    } else if (next == State.ASKED) {
      signs = new ArrayList<>(ENOUGH);
    }
  }

  boolean mostAreSuspect() {
    return suspects >= ENOUGH && 2 * suspects > members;
  }

  /** Members that must answer for the whole of it. */
  int enough() {
    return Math.max(1, Math.min(ENOUGH, (members + 2) / 3));
  }

  /** A member answered; how many have since {@code oldest}. */
  int sign(long handle, long now, long oldest) {
    signs.removeIf(sign -> sign.handle() == handle || sign.at() < oldest);
    if (signs.size() < ENOUGH) {
      signs.add(new Sign(handle, now));
    }
    return signs.size();
  }

  boolean hasSignOf(long handle) {
    for (int i = 0; i < signs.size(); i++) {
      if (signs.get(i).handle() == handle) {
        return true;
      }
    }
    return false;
  }
}

package io.gossip.sim;

import java.util.ArrayDeque;
import java.util.BitSet;

/** A way that holds all that is sent, until it lets it go. */
final class Clog {
  private final BitSet senders;
  private final BitSet receivers;
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();

  Clog(BitSet senders, BitSet receivers) {
    this.senders = senders;
    this.receivers = receivers;
  }

  boolean isOn(Machine from, Machine to) {
    return senders.get(from.number) && receivers.get(to.number);
  }

  void hold(Runnable sending) {
    held.add(sending);
  }

  /** All that was held goes on, in order. */
  void release() {
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }
}

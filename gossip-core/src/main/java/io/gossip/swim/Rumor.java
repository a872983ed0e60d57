package io.gossip.swim;

import io.gossip.wire.Update;
import java.util.Comparator;

/**
 * An update that is being told.
 *
 * @param subject handle of whom it is about; kept, since that of a record takes a hash to find
 * @param size bytes it takes in a packet
 * @param transmissions how often it has been told
 * @param sequence number of its insertion; no two are equal
 * @param urgent whether it does not wait for the tick
 */
record Rumor(
    Update update, long subject, int size, int transmissions, long sequence, boolean urgent) {

  /** Fewest transmissions first, of these the larger, of these the older. */
  static final Comparator<Rumor> ORDER = Rumor::compare;

  Rumor(Update update, long subject, int size, long sequence, boolean urgent) {
    this(update, subject, size, 0, sequence, urgent);
  }

  /** The least in the order of all rumors told so often that are no larger than this. */
  static Rumor bound(Update any, int transmissions, int size) {
    return new Rumor(any, 0, size, transmissions, Long.MIN_VALUE, false);
  }

  Rumor toldOnceMore() {
    return new Rumor(update, subject, size, transmissions + 1, sequence, urgent);
  }

  private static int compare(Rumor a, Rumor b) {
    int order = Integer.compare(a.transmissions, b.transmissions);
    if (order == 0) {
      order = Integer.compare(b.size, a.size);
    }
    return order != 0 ? order : Long.compare(a.sequence, b.sequence);
  }
}

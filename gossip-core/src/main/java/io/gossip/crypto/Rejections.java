package io.gossip.crypto;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How many datagrams were dropped for which reason; made so that dropping one costs nothing. */
final class Rejections {

  private static final class Tally {
    final Opened answer;
    long count;

    Tally(Rejection reason) {
      answer = Opened.rejected(reason, 0);
    }
  }

  private final Map<Rejection, Tally> tallies = new EnumMap<>(Rejection.class);

  Opened reject(Rejection reason) {
    Tally tally = tally(reason);
    tally.count++;
    return tally.answer;
  }

  Opened rejectKey(int keyId) {
    tally(Rejection.KEY).count++;
    return Opened.rejected(Rejection.KEY, keyId);
  }

  Map<Rejection, Long> counts() {
    Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);
    for (Rejection reason : Rejection.values()) {
      counts.put(reason, tally(reason).count);
    }
    return Collections.unmodifiableMap(counts);
  }

  private Tally tally(Rejection reason) {
    return tallies.computeIfAbsent(reason, Tally::new);
  }
}

package io.gossip.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The good and bad times of the ways whose losses come in bursts. A way's times are drawn when a
 * packet wants to know of them; one that was not used for long starts afresh, which is what its
 * times would have become anyway.
 */
final class Bursts {
  private static final int FORGOTTEN_AFTER = 20; // mean lengths: all memory of them is gone then
  private static final int KEPT = 1 << 16;

  private final Map<Long, Spell> spells = new HashMap<>(); // looked up, and cleared of the old
  private final RandomGenerator random;

  private static final class Spell {
    boolean bad;
    long end;
  }

  Bursts(RandomGenerator random) {
    this.random = random;
  }

  /** The share that is lost on a way at this moment. */
  double share(long way, Link.Loss loss, long now) {
    long good = loss.good().toNanos();
    long bad = loss.bad().toNanos();
    Spell spell = spells.get(way);
    if (spell == null || now - spell.end > FORGOTTEN_AFTER * (good + bad)) {
      spell = begin(way, good, bad, now);
    }
    while (spell.end <= now) {
      spell.bad = !spell.bad;
      spell.end += length(spell.bad ? bad : good);
    }
    return spell.bad ? loss.badShare() : loss.share();
  }

  private Spell begin(long way, long good, long bad, long now) {
    if (spells.size() >= KEPT) {
      spells.values().removeIf(old -> old.end < now);
    }
    Spell spell = new Spell();
    spell.bad = random.nextDouble() * (good + bad) < bad;
    spell.end = now + length(spell.bad ? bad : good);
    spells.put(way, spell);
    return spell;
  }

  private long length(long mean) {
    return 1 + (long) (-StrictMath.log(1 - random.nextDouble()) * mean);
  }
}

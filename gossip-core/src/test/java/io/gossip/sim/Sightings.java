package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.Message;
import io.gossip.wire.Update;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each {@link Sight} was seen: while packets come, and in what processes counted. */
final class Sightings {
  private final Map<Sight, Long> seen = new EnumMap<>(Sight.class);

  void add(Sight sight, long times) {
    if (times > 0) {
      seen.merge(sight, times, Long::sum);
    }
  }

  void add(Sightings others) {
    others.seen.forEach(this::add);
  }

  long count(Sight sight) {
    return seen.getOrDefault(sight, 0L);
  }

  /** What a process was told. */
  void heard(Member before, Member after, List<Message> messages) {
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i) instanceof Update.Suspect suspect && suspect.charges().size() >= 3) {
        add(Sight.THREE_ACCUSERS, 1);
      }
    }
    if (after.generation() > before.generation()) {
      add(Sight.RENEWED, 1);
    }
  }

  /** What a process has counted, when it is over or the world is. */
  void counted(Member self, Phase phase, SwimStats stats) {
    add(Sight.DEATH_REFUTED, stats.count(Counter.FALSE_DEATHS));
    add(Sight.INCARNATION_ABOVE_3, Integer.compareUnsigned(self.incarnation(), 3) > 0 ? 1 : 0);
    add(Sight.REPAIR, stats.count(Counter.SYNCS));
    add(Sight.ANSWER_REJECTED, stats.dropped(Drop.UNEXPECTED));
    add(Sight.DEAF_HOLD, stats.count(Counter.VERDICTS_HELD));
    add(Sight.LAST_LOOK_SAVED, stats.count(Counter.LAST_LOOKS_SAVED));
    add(Sight.STORM_BRAKED, stats.count(Counter.VERDICTS_BRAKED));
    add(
        Sight.FULL,
        stats.dropped(Drop.LIMIT)
            + stats.count(Counter.RUMORS_DROPPED)
            + stats.count(Counter.TOMBSTONES_DROPPED)
            + stats.count(Counter.ROUNDS_CAPPED));
    add(Sight.DUPLICATE_ID, phase == Phase.CONFLICT ? 1 : 0);
    add(Sight.FOREIGN_PACKET, stats.dropped(Drop.CLUSTER));
    add(Sight.STREAM_ONLY, stats.count(Counter.PROBES_STREAM));
    add(Sight.PAUSED, stats.count(Counter.PAUSES));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Sight sight : Sight.values()) {
      text.append(text.length() == 0 ? "" : ", ").append(sight).append(' ').append(count(sight));
    }
    return text.toString();
  }
}

package io.gossip.sim;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/** Something that lets nothing pass from some machines to some others. */
interface Barrier {

  /** Whether it stands between these two now. */
  boolean stops(Machine from, Machine to, long now);

  /** Whether a stream that it stops is refused in the name of its target, as some firewalls do. */
  default boolean refuses() {
    return false;
  }

  /** Datagrams between the two parts vanish, streams are refused, in either direction. */
  record Refusal(BitSet one, BitSet other) implements Barrier {
    @Override
    public boolean stops(Machine from, Machine to, long now) {
      return (one.get(from.number) && other.get(to.number))
          || (other.get(from.number) && one.get(to.number));
    }

    @Override
    public boolean refuses() {
      return true;
    }
  }

  /** Nothing passes from some to some others; by their numbers. */
  record OneWay(BitSet senders, BitSet receivers) implements Barrier {
    @Override
    public boolean stops(Machine from, Machine to, long now) {
      return senders.get(from.number) && receivers.get(to.number);
    }
  }

  /** Nothing passes between a region and all the rest, whoever may yet come to either. */
  record AroundRegion(Classes classes, String region) implements Barrier {
    @Override
    public boolean stops(Machine from, Machine to, long now) {
      return classes.isIn(from, region) != classes.isIn(to, region);
    }
  }

  /** Each is on one of several islands; who is on none is with the first. */
  final class Islands implements Barrier {
    private final Places places = new Places(0);

    Islands(List<? extends Collection<Machine>> parts) {
      for (int island = 0; island < parts.size(); island++) {
        for (Machine machine : parts.get(island)) {
          places.put(machine, island);
        }
      }
    }

    @Override
    public boolean stops(Machine from, Machine to, long now) {
      return places.of(from) != places.of(to);
    }
  }

  /** Each of those on it hears its nearest neighbours on both sides, and nobody else on it. */
  final class Ring implements Barrier {
    private static final int NOWHERE = -1;

    private final Places places = new Places(NOWHERE);
    private final int size;
    private final int reach;

    Ring(List<Machine> machines, int reach) {
      size = machines.size();
      this.reach = reach;
      for (int place = 0; place < size; place++) {
        places.put(machines.get(place), place);
      }
    }

    @Override
    public boolean stops(Machine from, Machine to, long now) {
      int one = places.of(from);
      int other = places.of(to);
      if (one == NOWHERE || other == NOWHERE) {
        return false;
      }
      int apart = Math.abs(one - other);
      return Math.min(apart, size - apart) > reach;
    }
  }

  /** Comes and goes: away for a while first, then there for a while, and so on. */
  record Flapping(Barrier barrier, long since, long away, long there) implements Barrier {
    @Override
    public boolean stops(Machine from, Machine to, long now) {
      return (now - since) % (away + there) >= away && barrier.stops(from, to, now);
    }
  }

  /** A number for each machine, by the machine's own. */
  final class Places {
    private final int elsewhere;
    private int[] places = {};

    Places(int elsewhere) {
      this.elsewhere = elsewhere;
    }

    void put(Machine machine, int place) {
      if (machine.number >= places.length) {
        int known = places.length;
        places = Arrays.copyOf(places, Math.max(2 * known, machine.number + 1));
        Arrays.fill(places, known, places.length, elsewhere);
      }
      places[machine.number] = place;
    }

    int of(Machine machine) {
      return machine.number < places.length ? places[machine.number] : elsewhere;
    }
  }
}

package io.gossip.sim;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What a swarm does to a world. The weight says how often, in relation to the others. */
enum Mishap {
  /** Other links: lossy, late, noisy, or good again. */
  LINKS(3, NetworkMishaps::links),

  /** Links that lose packets in bursts, or let few pass in a second. */
  BURSTS(1, NetworkMishaps::bursts),

  /** The links are good again; what is cut stays so. */
  GOOD_LINKS(1, NetworkMishaps::goodLinks),

  /** Two islands, drawn by process. */
  PARTITION(2, NetworkMishaps::partition),

  /** One zone on its own. */
  CUT_ZONE(1, NetworkMishaps::cutZone),

  /** Single ways, one direction each. */
  CUT_WAYS(1, NetworkMishaps::cutWays),

  /** A machine hears nothing, or nobody hears it. */
  DEAF_OR_MUTE(2, NetworkMishaps::deafOrMute),

  /** Between two machines only datagrams pass, or only streams. */
  ONE_TRANSPORT(1, NetworkMishaps::oneTransport),

  /** All machines but one hear each other over streams only. */
  NO_DATAGRAMS_TO_ONE(1, NetworkMishaps::noDatagramsToOne),

  /** Two parts that only a few in between still hear, for a while. */
  BRIDGE(1, NetworkMishaps::bridge),

  /** Each hears only its neighbours in a ring, for a while. */
  RING(1, NetworkMishaps::ring),

  /** One is away for so long that deletions are forgotten, and all that another has is new then. */
  ABSENCE(1, ProcessMishaps::absence),

  /** A machine is cut off and back again and again. */
  FLAP(1, NetworkMishaps::flap),

  /** What is sent to a machine, or by it, is held for a while, and then comes all at once. */
  CLOG(1, NetworkMishaps::clog),

  /** What is sent to some is held and let go in another order. */
  SWIZZLE(1, NetworkMishaps::swizzle),

  /** What lies between two machines has forgotten their streams: both sides wait for ever. */
  HALF_OPEN(2, NetworkMishaps::halfOpen),

  /** Something on the way ends all streams of a machine. */
  RESET(1, NetworkMishaps::reset),

  /** A firewall refuses what two machines send each other. */
  REJECT(2, NetworkMishaps::reject),

  /** Few bytes a second get out of a machine, streams become slow and datagrams are lost. */
  NARROW_UPLOAD(1, NetworkMishaps::narrowUpload),

  /** A stranger sends garbage to a process. */
  FLOOD(1, NetworkMishaps::flood),

  /** Nothing is cut any more. */
  HEAL(3, NetworkMishaps::heal),

  /** A process stops in its tracks for a while. */
  PAUSE(2, ProcessMishaps::pause),

  /** A quarter of all stops at once for a while. */
  PAUSE_MANY(1, ProcessMishaps::pauseMany),

  /** A process neither reads nor sends for a while, but its timers run. */
  BLOCK(1, ProcessMishaps::block),

  /** A process gets too little of its processor: each of its turns comes late, or takes long. */
  STARVE(1, ProcessMishaps::starve),

  /** The clock of a process goes too fast or too slow by up to 5 %. */
  DRIFT(1, ProcessMishaps::drift),

  /** The send buffer of a process is full for a while. */
  FULL_BUFFER(1, ProcessMishaps::fullBuffer),

  /** kill -9. */
  CRASH(1, ProcessMishaps::crash),

  /** A machine loses its power. */
  SILENCE(1, ProcessMishaps::silence),

  /** A process that is gone comes back under its name; a running one is killed first. */
  RESTART(3, ProcessMishaps::restart),

  /** Many are restarted at once. */
  RESTART_MANY(1, ProcessMishaps::restartMany),

  /** Another name at the same address. */
  REPLACE(1, ProcessMishaps::replace),

  /** The same name at another address, its clock perhaps behind; never a seed. */
  MOVE(1, ProcessMishaps::move),

  /** Restarted with a clock that is behind. */
  OLD_CLOCK(1, ProcessMishaps::oldClock),

  /** A second process with the name of one that runs. */
  DUPLICATE(1, ProcessMishaps::duplicate),

  /** A process of another cluster, which takes our seeds for its own. */
  FOREIGNER(1, ProcessMishaps::foreigner),

  /** Somebody leaves. */
  LEAVE(2, ProcessMishaps::leave),

  /** Somebody is cut off, comes back as the first declare it dead, and leaves at once. */
  LATE_LEAVE(1, ProcessMishaps::lateLeave),

  /** One more joins. */
  JOIN(1, ProcessMishaps::join),

  /** An application writes. */
  WRITE(4, ProcessMishaps::write),

  /** An application writes again and again, more than goes into one packet. */
  WRITE_MUCH(1, ProcessMishaps::writeMuch),

  /** An application reports a failed call, has a member forgotten, or asks the seeds again. */
  CALL(2, ProcessMishaps::call);

  private static final int MOST_OFTEN = 5;
  private static final int OFTEN = 6;

  private interface Strike {
    void at(Swarm swarm, RandomGenerator random);
  }

  private final int weight;

  @SuppressWarnings("ImmutableEnumChecker") // static methods, all of them
  private final Strike strike;

  Mishap(int weight, Strike strike) {
    this.weight = weight;
    this.strike = strike;
  }

  /** Does it. All that is open is drawn, so that the same draws do the same to the same world. */
  void strike(Swarm swarm, RandomGenerator random) {
    strike.at(swarm, random);
  }

  /** A few kinds: what happens often in one world makes rare things of that kind likely there. */
  static Set<Mishap> drawSome(RandomGenerator random) {
    Set<Mishap> some = EnumSet.noneOf(Mishap.class);
    for (int i = random.nextInt(MOST_OFTEN + 1); i > 0; i--) {
      some.add(values()[random.nextInt(values().length)]);
    }
    return some;
  }

  /** Any, by weight, of which those that happen often here have several times theirs. */
  static Mishap draw(RandomGenerator random, Set<Mishap> often) {
    int total = 0;
    for (Mishap mishap : values()) {
      total += mishap.weight(often);
    }
    int left = random.nextInt(total);
    for (Mishap mishap : values()) {
      left -= mishap.weight(often);
      if (left < 0) {
        return mishap;
      }
    }
    throw new AssertionError(left);
  }

  private int weight(Set<Mishap> often) {
    return often.contains(this) ? weight * OFTEN : weight;
  }
}

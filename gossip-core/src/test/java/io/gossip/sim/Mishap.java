package io.gossip.sim;

import io.gossip.membership.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What a swarm does to a world. The weight says how often, in relation to the others. */
enum Mishap {
  /** Other links: lossy, late, noisy, or good again. */
  LINKS(3) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      swarm.sim.links(
          Link.lan()
              .withLoss(random.nextInt(3) == 0 ? 0 : 0.3 * random.nextDouble())
              .withDuplication(random.nextBoolean() ? 0 : 0.1 * random.nextDouble())
              .withReplay(random.nextInt(3) == 0 ? 0.2 * random.nextDouble() : 0)
              .withCorruption(random.nextInt(3) == 0 ? 0.02 * random.nextDouble() : 0)
              .withTruncation(random.nextInt(3) == 0 ? 0.02 * random.nextDouble() : 0)
              .withJitter(Duration.ofNanos((long) (Math.exp(6 * random.nextDouble()) * 200_000))));
    }
  },

  /** Links that lose packets in bursts, or let few pass in a second. */
  BURSTS(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      Duration good = Duration.ofMillis(200 + random.nextInt(5_000));
      Duration bad = Duration.ofMillis(50 + random.nextInt(2_000));
      swarm.sim.links(
          Link.lan()
              .withBursts(0.3 + 0.7 * random.nextDouble(), good, bad)
              .withBandwidth(random.nextBoolean() ? 0 : 4_000 + random.nextInt(100_000)));
    }
  },

  /** The links are good again; what is cut stays so. */
  GOOD_LINKS(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      swarm.sim.links(Link.lan());
    }
  },

  /** Two islands, drawn by process. */
  PARTITION(2) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      List<SimNode> one = new ArrayList<>();
      List<SimNode> two = new ArrayList<>();
      double share = random.nextDouble();
      for (SimNode node : swarm.sim.nodes()) {
        (random.nextDouble() < share ? one : two).add(node);
      }
      swarm.sim.partition(one, two);
    }
  },

  /** One zone on its own. */
  CUT_ZONE(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      String zone = swarm.any(random).spec().zone();
      List<SimNode> inside = new ArrayList<>();
      List<SimNode> outside = new ArrayList<>();
      for (SimNode node : swarm.sim.nodes()) {
        (node.spec().zone().equals(zone) ? inside : outside).add(node);
      }
      swarm.sim.partition(outside, inside);
    }
  },

  /** Single ways, one direction each. */
  CUT_WAYS(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        swarm.sim.paths().cut(swarm.any(random).address(), swarm.any(random).address());
      }
    }
  },

  /** A machine hears nothing, or nobody hears it. */
  DEAF_OR_MUTE(2) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      if (random.nextBoolean()) {
        swarm.sim.paths().deafen(swarm.any(random).address());
      } else {
        swarm.sim.paths().mute(swarm.any(random).address());
      }
    }
  },

  /** Between two machines only datagrams pass, or only streams. */
  ONE_TRANSPORT(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      if (random.nextBoolean()) {
        swarm.sim.paths().blockDatagrams(swarm.any(random).address(), swarm.any(random).address());
      } else {
        swarm.sim.paths().blockStreams(swarm.any(random).address(), swarm.any(random).address());
      }
    }
  },

  /** All machines but one hear each other over streams only. */
  NO_DATAGRAMS_TO_ONE(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode victim = swarm.any(random);
      for (SimNode node : swarm.sim.nodes()) {
        swarm.sim.paths().blockDatagrams(node.address(), victim.address());
      }
    }
  },

  /** Two parts that only a few in between still hear, for a while. */
  BRIDGE(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      List<SimNode> left = new ArrayList<>();
      List<SimNode> right = new ArrayList<>();
      for (SimNode node : swarm.sim.nodes()) {
        int part = random.nextInt(8);
        if (part > 0) { // the others are the bridges
          (part < 5 ? left : right).add(node);
        }
      }
      swarm.sim.faults().bridge(left, right).lasting(upTo(random, 30));
    }
  },

  /** Each hears only its neighbours in a ring, for a while. */
  RING(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      int reach = 1 + random.nextInt(3);
      swarm.sim.faults().ring(swarm.sim.nodes(), reach).lasting(upTo(random, 30));
    }
  },

  /** One is away for so long that deletions are forgotten, and all that another has is new then. */
  ABSENCE(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode absent = swarm.any(random);
      SimNode writer = swarm.running(random);
      Duration time = Duration.ofMillis(22_000 + random.nextInt(20_000));
      swarm.sim.faults().isolate(absent).lasting(time);
      for (int i = 0; writer != null && i < 20; i++) {
        write(writer, random);
      }
    }
  },

  /** A machine is cut off and back again and again. */
  FLAP(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode victim = swarm.any(random);
      List<SimNode> others = new ArrayList<>(swarm.sim.nodes());
      others.remove(victim);
      swarm
          .sim
          .faults()
          .flap(List.of(victim), others, upTo(random, 5), upTo(random, 5))
          .lasting(upTo(random, 30));
    }
  },

  /** What is sent to a machine, or by it, is held for a while, and then comes all at once. */
  CLOG(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      List<SimNode> one = List.of(swarm.any(random));
      List<SimNode> all = swarm.sim.nodes();
      boolean to = random.nextBoolean();
      swarm.sim.faults().clog(to ? all : one, to ? one : all).lasting(upTo(random, 5));
    }
  },

  /** What is sent to some is held and let go in another order. */
  SWIZZLE(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      List<SimNode> some = List.of(swarm.any(random), swarm.any(random));
      swarm.sim.faults().swizzle(some, upTo(random, 20));
    }
  },

  /** What lies between two machines has forgotten their streams: both sides wait for ever. */
  HALF_OPEN(2) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      swarm.sim.faults().loseStreams(swarm.any(random), swarm.any(random));
    }
  },

  /** Few bytes a second get out of a machine, streams become slow and datagrams are lost. */
  NARROW_UPLOAD(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      int bytes = 500 + random.nextInt(20_000);
      List<SimNode> one = List.of(swarm.any(random));
      swarm.sim.faults().upload(one, bytes, bytes / 2 + 1_500).lasting(upTo(random, 30));
    }
  },

  /** A stranger sends garbage to a process. */
  FLOOD(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      int each = 50 + random.nextInt(500);
      swarm.sim.faults().flood(swarm.any(random), each).lasting(upTo(random, 5));
    }
  },

  /** Nothing is cut any more. */
  HEAL(3) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      swarm.sim.heal();
    }
  },

  /** A process stops in its tracks for a while. */
  PAUSE(2) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      Duration time =
          Duration.ofMillis(100 + random.nextInt(random.nextBoolean() ? 2_000 : 20_000));
      swarm.pause(swarm.running(random), time);
    }
  },

  /** A quarter of all stops at once for a while. */
  PAUSE_MANY(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      Duration time = Duration.ofMillis(100 + random.nextInt(10_000));
      for (SimNode node : swarm.sim.running()) {
        if (random.nextInt(4) == 0) {
          swarm.pause(node, time);
        }
      }
    }
  },

  /** A process neither reads nor sends for a while, but its timers run. */
  BLOCK(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.any(random);
      Duration time = Duration.ofMillis(100 + random.nextInt(15_000));
      node.block(true);
      swarm.sim.after(time, () -> node.block(false));
    }
  },

  /** A process gets too little of its processor: each of its turns comes late, or takes long. */
  STARVE(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.any(random);
      if (random.nextBoolean()) {
        node.loop().starve(random.nextInt(300_000_000));
      } else {
        node.loop().serviceTime(random.nextInt(20_000_000));
      }
    }
  },

  /** The clock of a process goes too fast or too slow by up to 5 %. */
  DRIFT(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      swarm.any(random).loop().drift(0.95 + 0.1 * random.nextDouble());
    }
  },

  /** The send buffer of a process is full for a while. */
  FULL_BUFFER(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.any(random);
      node.outlet().fill(true);
      Duration time = Duration.ofMillis(100 + random.nextInt(5_000));
      swarm.sim.after(time, () -> node.outlet().fill(false));
    }
  },

  /** kill -9. */
  CRASH(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.running(random);
      if (node != null) {
        swarm.sim.crash(node);
      }
    }
  },

  /** A machine loses its power. */
  SILENCE(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.running(random);
      if (node != null) {
        swarm.sim.silence(node);
      }
    }
  },

  /** A process that is gone comes back under its name; a running one is killed first. */
  RESTART(3) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      swarm.sim.restart(swarm.gone(random));
    }
  },

  /** Many are restarted at once. */
  RESTART_MANY(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      double share = random.nextDouble();
      for (SimNode node : List.copyOf(swarm.sim.nodes())) {
        if (random.nextDouble() < share) {
          swarm.sim.restart(node);
        }
      }
    }
  },

  /** Another name at the same address. */
  REPLACE(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.gone(random);
      swarm.sim.replace(node, node.spec().withId(swarm.newName()));
    }
  },

  /** The same name at another address, its clock perhaps behind; never a seed. */
  MOVE(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.any(random);
      Duration behind = Duration.ofSeconds(random.nextBoolean() ? 0 : random.nextInt(7_200));
      if (!swarm.isSeed(node)) {
        swarm.sim.replace(
            node, node.spec().at(swarm.newAddress()).withClockOffset(behind.negated()));
      }
    }
  },

  /** Restarted with a clock that is behind. */
  OLD_CLOCK(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.any(random);
      Duration offset = Duration.ofSeconds(-random.nextInt(7_200));
      swarm.sim.replace(node, node.spec().withClockOffset(offset));
    }
  },

  /** A second process with the name of one that runs. */
  DUPLICATE(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.running(random);
      if (node != null && swarm.hasRoom() && !swarm.isSeed(node)) {
        Duration offset = Duration.ofSeconds(random.nextInt(600) - 300);
        swarm.sim.start(node.spec().at(swarm.newAddress()).withClockOffset(offset));
      }
    }
  },

  /** A process of another cluster, which takes our seeds for its own. */
  FOREIGNER(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      if (swarm.hasRoom()) {
        NodeSpec spec = swarm.any(random).spec();
        swarm.sim.start(
            spec.withId(swarm.newName())
                .at(swarm.newAddress())
                .withConfig(spec.config().toBuilder().cluster("other").build()));
      }
    }
  },

  /** Somebody leaves. */
  LEAVE(2) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.running(random);
      if (node != null && !node.isPaused()) {
        node.leave();
        swarm.sim.after(Duration.ofSeconds(5), () -> swarm.stop(node));
      }
    }
  },

  /** One more joins. */
  JOIN(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      if (swarm.hasRoom()) {
        swarm.add();
      }
    }
  },

  /** An application writes. */
  WRITE(4) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.running(random);
      if (node != null) {
        write(node, random);
      }
    }
  },

  /** An application writes again and again, more than goes into one packet. */
  WRITE_MUCH(1) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.running(random);
      for (int i = 0; node != null && i < 12; i++) {
        write(node, random);
      }
    }
  },

  /** An application reports a failed call, has a member forgotten, or asks the seeds again. */
  CALL(2) {
    @Override
    void strike(Swarm swarm, RandomGenerator random) {
      SimNode node = swarm.running(random);
      NodeId other = swarm.any(random).id();
      int choice = random.nextInt(3);
      if (node != null && choice == 0) {
        node.reportFailure(other);
      } else if (node != null && choice == 1) {
        node.forget(other);
      } else if (node != null) {
        node.rejoin();
      }
    }
  };

  private static final int MOST_OFTEN = 5;
  private static final int OFTEN = 6;

  private final int weight;

  Mishap(int weight) {
    this.weight = weight;
  }

  /** Does it. All that is open is drawn, so that the same draws do the same to the same world. */
  abstract void strike(Swarm swarm, RandomGenerator random);

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

  private static Duration upTo(RandomGenerator random, int seconds) {
    return Duration.ofMillis(100 + random.nextInt(1_000 * seconds));
  }

  private static void write(SimNode node, RandomGenerator random) {
    String key = "k" + random.nextInt(6);
    if (random.nextInt(4) == 0) {
      node.removeKey(key);
    } else {
      node.put(key, "v" + random.nextInt(1_000) + "x".repeat(random.nextInt(1_000)));
    }
  }
}

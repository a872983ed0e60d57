package io.gossip.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a swarm does to the ways between the machines of a world; see {@link Mishap}. */
final class NetworkMishaps {
  private NetworkMishaps() {}

  static void links(Swarm swarm, RandomGenerator random) {
    swarm.sim.links(
        Link.lan()
            .withLoss(random.nextInt(3) == 0 ? 0 : 0.3 * random.nextDouble())
            .withDuplication(random.nextBoolean() ? 0 : 0.1 * random.nextDouble())
            .withReplay(random.nextInt(3) == 0 ? 0.2 * random.nextDouble() : 0)
            .withCorruption(random.nextInt(3) == 0 ? 0.02 * random.nextDouble() : 0)
            .withTruncation(random.nextInt(3) == 0 ? 0.02 * random.nextDouble() : 0)
            .withJitter(Duration.ofNanos((long) (Math.exp(6 * random.nextDouble()) * 200_000))));
  }

  static void bursts(Swarm swarm, RandomGenerator random) {
    Duration good = Duration.ofMillis(200 + random.nextInt(5_000));
    Duration bad = Duration.ofMillis(50 + random.nextInt(2_000));
    swarm.sim.links(
        Link.lan()
            .withBursts(0.3 + 0.7 * random.nextDouble(), good, bad)
            .withBandwidth(random.nextBoolean() ? 0 : 4_000 + random.nextInt(100_000)));
  }

  static void goodLinks(Swarm swarm, RandomGenerator random) {
    swarm.sim.links(Link.lan());
  }

  static void partition(Swarm swarm, RandomGenerator random) {
    List<SimNode> one = new ArrayList<>();
    List<SimNode> two = new ArrayList<>();
    double share = random.nextDouble();
    for (SimNode node : swarm.sim.nodes()) {
      (random.nextDouble() < share ? one : two).add(node);
    }
    swarm.sim.partition(one, two);
  }

  static void cutZone(Swarm swarm, RandomGenerator random) {
    String zone = swarm.any(random).spec().zone();
    List<SimNode> inside = new ArrayList<>();
    List<SimNode> outside = new ArrayList<>();
    for (SimNode node : swarm.sim.nodes()) {
      (node.spec().zone().equals(zone) ? inside : outside).add(node);
    }
    swarm.sim.partition(outside, inside);
  }

  static void cutWays(Swarm swarm, RandomGenerator random) {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      swarm.sim.paths().cut(swarm.any(random).address(), swarm.any(random).address());
    }
  }

  static void deafOrMute(Swarm swarm, RandomGenerator random) {
    if (random.nextBoolean()) {
      swarm.sim.paths().deafen(swarm.any(random).address());
    } else {
      swarm.sim.paths().mute(swarm.any(random).address());
    }
  }

  static void oneTransport(Swarm swarm, RandomGenerator random) {
    if (random.nextBoolean()) {
      swarm.sim.paths().blockDatagrams(swarm.any(random).address(), swarm.any(random).address());
    } else {
      swarm.sim.paths().blockStreams(swarm.any(random).address(), swarm.any(random).address());
    }
  }

  static void noDatagramsToOne(Swarm swarm, RandomGenerator random) {
    SimNode victim = swarm.any(random);
    for (SimNode node : swarm.sim.nodes()) {
      swarm.sim.paths().blockDatagrams(node.address(), victim.address());
    }
  }

  static void bridge(Swarm swarm, RandomGenerator random) {
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

  static void ring(Swarm swarm, RandomGenerator random) {
    int reach = 1 + random.nextInt(3);
    swarm.sim.faults().ring(swarm.sim.nodes(), reach).lasting(upTo(random, 30));
  }

  static void flap(Swarm swarm, RandomGenerator random) {
    SimNode victim = swarm.any(random);
    List<SimNode> others = new ArrayList<>(swarm.sim.nodes());
    others.remove(victim);
    swarm
        .sim
        .faults()
        .flap(List.of(victim), others, upTo(random, 5), upTo(random, 5))
        .lasting(upTo(random, 30));
  }

  static void clog(Swarm swarm, RandomGenerator random) {
    List<SimNode> one = List.of(swarm.any(random));
    List<SimNode> all = swarm.sim.nodes();
    boolean to = random.nextBoolean();
    swarm.sim.faults().clog(to ? all : one, to ? one : all).lasting(upTo(random, 5));
  }

  static void swizzle(Swarm swarm, RandomGenerator random) {
    List<SimNode> some = List.of(swarm.any(random), swarm.any(random));
    swarm.sim.faults().swizzle(some, upTo(random, 20));
  }

  static void halfOpen(Swarm swarm, RandomGenerator random) {
    swarm.sim.faults().loseStreams(swarm.any(random), swarm.any(random));
  }

  static void reset(Swarm swarm, RandomGenerator random) {
    swarm.sim.faults().resetStreams(swarm.any(random));
  }

  static void reject(Swarm swarm, RandomGenerator random) {
    List<SimNode> one = List.of(swarm.any(random));
    List<SimNode> other = List.of(swarm.any(random));
    swarm.sim.faults().reject(one, other).lasting(upTo(random, 30));
  }

  static void narrowUpload(Swarm swarm, RandomGenerator random) {
    int bytes = 500 + random.nextInt(20_000);
    List<SimNode> one = List.of(swarm.any(random));
    swarm.sim.faults().upload(one, bytes, bytes / 2 + 1_500).lasting(upTo(random, 30));
  }

  static void flood(Swarm swarm, RandomGenerator random) {
    int each = 50 + random.nextInt(500);
    swarm.sim.faults().flood(swarm.any(random), each).lasting(upTo(random, 5));
  }

  static void heal(Swarm swarm, RandomGenerator random) {
    swarm.sim.heal();
  }

  private static Duration upTo(RandomGenerator random, int seconds) {
    return Duration.ofMillis(100 + random.nextInt(1_000 * seconds));
  }
}

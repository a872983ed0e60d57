package io.gossip.sim;

import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a swarm does to the processes of a world, and has them do; see {@link Mishap}. */
final class ProcessMishaps {
  private static final int LOOK_MILLIS = 10;

  private ProcessMishaps() {}

  static void absence(Swarm swarm, RandomGenerator random) {
    SimNode absent = swarm.any(random);
    SimNode writer = swarm.running(random);
    Duration time = Duration.ofMillis(22_000 + random.nextInt(20_000));
    swarm.sim.faults().isolate(absent).lasting(time);
    for (int i = 0; writer != null && i < 20; i++) {
      write(writer, random);
    }
  }

  static void pause(Swarm swarm, RandomGenerator random) {
    Duration time = Duration.ofMillis(100 + random.nextInt(random.nextBoolean() ? 2_000 : 20_000));
    swarm.pause(swarm.running(random), time);
  }

  static void pauseMany(Swarm swarm, RandomGenerator random) {
    Duration time = Duration.ofMillis(100 + random.nextInt(10_000));
    for (SimNode node : swarm.sim.running()) {
      if (random.nextInt(4) == 0) {
        swarm.pause(node, time);
      }
    }
  }

  static void block(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.any(random);
    Duration time = Duration.ofMillis(100 + random.nextInt(15_000));
    node.block(true);
    swarm.sim.after(time, () -> node.block(false));
  }

  static void starve(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.any(random);
    if (random.nextBoolean()) {
      node.loop().starve(random.nextInt(300_000_000));
    } else {
      node.loop().serviceTime(random.nextInt(20_000_000));
    }
  }

  static void drift(Swarm swarm, RandomGenerator random) {
    swarm.any(random).loop().drift(0.95 + 0.1 * random.nextDouble());
  }

  static void fullBuffer(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.any(random);
    node.outlet().fill(true);
    Duration time = Duration.ofMillis(100 + random.nextInt(5_000));
    swarm.sim.after(time, () -> node.outlet().fill(false));
  }

  static void crash(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.running(random);
    if (node != null) {
      swarm.sim.crash(node);
    }
  }

  static void silence(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.running(random);
    if (node != null) {
      swarm.sim.silence(node);
    }
  }

  static void restart(Swarm swarm, RandomGenerator random) {
    swarm.sim.restart(swarm.gone(random));
  }

  static void restartMany(Swarm swarm, RandomGenerator random) {
    double share = random.nextDouble();
    for (SimNode node : List.copyOf(swarm.sim.nodes())) {
      if (random.nextDouble() < share) {
        swarm.sim.restart(node);
      }
    }
  }

  static void replace(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.gone(random);
    swarm.sim.replace(node, node.spec().withId(swarm.newName()));
  }

  static void move(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.any(random);
    Duration behind = Duration.ofSeconds(random.nextBoolean() ? 0 : random.nextInt(7_200));
    if (!swarm.isSeed(node)) {
      swarm.sim.replace(node, node.spec().at(swarm.newAddress()).withClockOffset(behind.negated()));
    }
  }

  static void oldClock(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.any(random);
    Duration offset = Duration.ofSeconds(-random.nextInt(7_200));
    swarm.sim.replace(node, node.spec().withClockOffset(offset));
  }

  static void duplicate(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.running(random);
    if (node != null && swarm.hasRoom() && !swarm.isSeed(node)) {
      Duration offset = Duration.ofSeconds(random.nextInt(600) - 300);
      swarm.sim.start(node.spec().at(swarm.newAddress()).withClockOffset(offset));
    }
  }

  static void foreigner(Swarm swarm, RandomGenerator random) {
    if (swarm.hasRoom()) {
      NodeSpec spec = swarm.any(random).spec();
      swarm.sim.start(
          spec.withId(swarm.newName())
              .at(swarm.newAddress())
              .withConfig(spec.config().toBuilder().cluster("other").build()));
    }
  }

  static void leave(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.running(random);
    if (node != null && !node.isPaused()) {
      swarm.leave(node);
    }
  }

  static void lateLeave(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.running(random);
    if (node != null && !node.isPaused()) {
      Disturbance away = swarm.sim.faults().isolate(node);
      leaveOnceDead(swarm, node, away, 60_000 / LOOK_MILLIS);
    }
  }

  private static void leaveOnceDead(Swarm swarm, SimNode node, Disturbance away, int looks) {
    if (!node.isRunning() || away.isEnded()) {
      return;
    }
    boolean dead = false;
    for (SimNode other : swarm.sim.running()) {
      dead |= other.status(node) == MemberStatus.DEAD;
    }
    if (dead && !node.isPaused()) {
      away.end();
      swarm.leave(node);
    } else if (looks == 0) {
      away.end();
    } else {
      Duration later = Duration.ofMillis(LOOK_MILLIS);
      swarm.sim.after(later, () -> leaveOnceDead(swarm, node, away, looks - 1));
    }
  }

  static void join(Swarm swarm, RandomGenerator random) {
    if (swarm.hasRoom()) {
      swarm.add();
    }
  }

  static void write(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.running(random);
    if (node != null) {
      write(node, random);
    }
  }

  static void writeMuch(Swarm swarm, RandomGenerator random) {
    SimNode node = swarm.running(random);
    for (int i = 0; node != null && i < 12; i++) {
      write(node, random);
    }
  }

  static void call(Swarm swarm, RandomGenerator random) {
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

  private static void write(SimNode node, RandomGenerator random) {
    String key = "k" + random.nextInt(6);
    if (random.nextInt(4) == 0) {
      node.removeKey(key);
    } else {
      node.put(key, "v" + random.nextInt(1_000) + "x".repeat(random.nextInt(1_000)));
    }
  }
}

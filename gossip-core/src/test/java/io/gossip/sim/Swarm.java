package io.gossip.sim;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimReport.Phase;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One world that a {@link Schedule} is played to: first faults, one after the other and on top of
 * each other, while nothing impossible may happen; then all is healed, and what must come to pass
 * has to.
 */
final class Swarm {
  private static final int SEEDS = 3;
  private static final int MOST_MORE = 20;
  private static final int FEW = 8;
  private static final int FIRST_NEW_ADDRESS = 1_000;

  final Simulation sim;
  private final Schedule schedule;
  private final List<SimNode> leavers = new ArrayList<>(); // a starved one hears of it late
  private int newAddresses;
  private int newNames;

  private Swarm(Schedule schedule) {
    this.schedule = schedule;
    sim = new Simulation(schedule.seed()).config(schedule.variant()::change);
    if (schedule.variant() == Variant.SEALED) {
      sim.sealing(Keyring.of(Key.random(new SplittableRandom(schedule.seed()))));
    }
    for (int i = 0; i < schedule.nodes(); i++) {
      add();
    }
  }

  /** Plays one. */
  static Swarm play(Schedule schedule) {
    Swarm swarm = new Swarm(schedule);
    try {
      swarm.rage();
      swarm.calm();
      swarm.live();
    } catch (Violation e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      throw new Violation(swarm.sim.describe(String.valueOf(e)), e);
    }
    return swarm;
  }

  /** What was seen in it. */
  Sightings sightings() {
    return sim.sightings();
  }

  private void rage() {
    for (Schedule.Step step : schedule.steps()) {
      Duration wait = Duration.ofMillis(step.millis()).minus(sim.time());
      if (!wait.isNegative()) {
        sim.run(wait);
      }
      step.mishap().strike(this, new SplittableRandom(step.draw()));
    }
  }

  /** Heals everything: nobody is paused or cut off any more, and the seeds are there. */
  private void calm() {
    sim.faults().endAll();
    sim.heal();
    sim.links(Link.lan());
    for (SimNode node : List.copyOf(sim.nodes())) {
      sim.resume(node);
      cure(node);
      if (leavers.contains(node) || isForeign(node)) {
        stop(node);
      }
    }
    for (int i = 0; i < Math.min(SEEDS, schedule.nodes()); i++) {
      if (!sim.node(i).isRunning()) {
        sim.restart(sim.node(i));
      }
    }
  }

  private static void cure(SimNode node) {
    node.block(false);
    node.outlet().fill(false);
    node.loop().starve(0);
    node.loop().serviceTime(0);
    if (node.isRunning()) {
      node.loop().drift(1);
    }
  }

  private void live() {
    SwimConfig config = schedule.variant().change(SwimConfig.lan().toBuilder()).build();
    Liveness must = new Liveness(sim, config);
    must.recovers(this::stopWhoLostTheirNames);
    must.rests();
    must.spreadsAWriteOf(sim.running().get(0));
    must.takesIn(add());
    must.seesTheLeaveOf(last(sim.running()));
    List<SimNode> running = sim.running();
    must.detectsTheCrashOf(running.get(running.size() / 2));
    running = sim.running();
    if (running.size() <= FEW) {
      must.detectsTheSilenceOf(running.subList(1, running.size()));
    }
  }

  private static SimNode last(List<SimNode> nodes) {
    return nodes.get(nodes.size() - 1);
  }

  /** Who has lost its name to another waits for its operator to act. */
  private void stopWhoLostTheirNames() {
    for (SimNode node : sim.nodes()) {
      if (node.isRunning() && node.phase() == Phase.CONFLICT) {
        stop(node);
      }
    }
  }

  private static boolean isForeign(SimNode node) {
    return !node.spec().config().cluster().equals(SwimConfig.lan().cluster());
  }

  // For the faults

  SimNode add() {
    int slot = sim.nodes().size();
    return sim.start(sim.spec(slot).inZone(schedule.variant().zone(slot)));
  }

  /** Has one leave, and stops it once it has had time to. */
  void leave(SimNode node) {
    leavers.add(node);
    node.leave();
    sim.after(Duration.ofSeconds(5), () -> stop(node));
  }

  void stop(SimNode node) {
    if (node.isRunning()) {
      sim.stop(node);
    }
  }

  void pause(@Nullable SimNode node, Duration time) {
    if (node != null && !node.isPaused()) {
      sim.pause(node, time);
    }
  }

  boolean hasRoom() {
    return sim.nodes().size() < schedule.nodes() + MOST_MORE;
  }

  boolean isSeed(SimNode node) {
    return sim.nodes().indexOf(node) < Math.min(SEEDS, schedule.nodes());
  }

  String newName() {
    return "x" + ++newNames;
  }

  InetSocketAddress newAddress() {
    return Simulation.address(FIRST_NEW_ADDRESS + newAddresses++);
  }

  SimNode any(RandomGenerator random) {
    return sim.node(random.nextInt(sim.nodes().size()));
  }

  /** One that runs and does not leave, if there is any. */
  @Nullable SimNode running(RandomGenerator random) {
    List<SimNode> running = sim.running();
    int choice = random.nextInt(1 << 16);
    return running.isEmpty() ? null : running.get(choice % running.size());
  }

  /** One that does not run, if there is any. */
  SimNode gone(RandomGenerator random) {
    int from = random.nextInt(sim.nodes().size());
    for (int i = 0; i < sim.nodes().size(); i++) {
      SimNode node = sim.node((from + i) % sim.nodes().size());
      if (!node.isRunning()) {
        return node;
      }
    }
    return sim.node(from);
  }
}

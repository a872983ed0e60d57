package io.gossip.sim;

import io.gossip.swim.SwimReport.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Random faults, one after the other and on top of each other, for as long as wanted; then all is
 * healed. What is drawn, and from what, is one seed's business.
 */
public final class Swarm {
  private static final int SEEDS = 3;
  private static final int MOST_NODES = 20;

  private final Simulation sim;
  private final RandomGenerator random;
  private final List<Runnable> faults = new ArrayList<>();
  private int nextAddress = 100;
  private int nextName = 1;

  /** Sets faults up for a world whose first three processes are the seeds. */
  public Swarm(Simulation sim) {
    this.sim = sim;
    random = sim.random();
    faults.addAll(
        List.of(
            this::changeLinks,
            this::changeLinks,
            this::partition,
            this::partition,
            this::cutSomeWays,
            this::deafenOrMute,
            this::blockOneTransport,
            this::heal,
            this::heal,
            this::pause,
            this::pause,
            this::crash,
            this::silence,
            this::restart,
            this::restart,
            this::restart,
            this::replaceByAnother,
            this::move,
            this::restartWithAnOldClock,
            this::leave,
            this::join,
            this::write,
            this::write,
            this::write,
            this::callsOfTheApplication));
  }

  /** Lets things go wrong for this long. */
  public void rage(Duration time) {
    Duration end = sim.time().plus(time);
    while (sim.time().compareTo(end) < 0) {
      faults.get(random.nextInt(faults.size())).run();
      // Most things happen apart, some while others are still having their effect.
      long pause = random.nextInt(4) == 0 ? 50 : 5_000;
      sim.run(Duration.ofMillis(random.nextLong(pause)));
    }
  }

  /** Heals everything: nobody is paused or cut off any more, and the seeds are there. */
  public void calm() {
    sim.heal();
    sim.links(Link.lan());
    for (SimNode node : List.copyOf(sim.nodes())) {
      sim.resume(node);
      if (node.isRunning() && node.phase() == Phase.LEFT) {
        sim.stop(node);
      }
    }
    for (int i = 0; i < Math.min(SEEDS, sim.nodes().size()); i++) {
      SimNode seed = sim.node(i);
      if (!seed.isRunning() || seed.phase() == Phase.LEAVING) {
        sim.restart(seed);
      }
    }
  }

  // The network

  private void changeLinks() {
    Link link =
        Link.lan()
            .withLoss(random.nextInt(3) == 0 ? 0 : 0.3 * random.nextDouble())
            .withDuplication(random.nextBoolean() ? 0 : 0.1 * random.nextDouble())
            .withReplay(random.nextInt(3) == 0 ? 0.2 * random.nextDouble() : 0)
            .withCorruption(random.nextInt(3) == 0 ? 0.02 * random.nextDouble() : 0)
            .withJitter(Duration.ofNanos((long) (Math.exp(6 * random.nextDouble()) * 200_000)));
    sim.links(link);
  }

  private void partition() {
    List<SimNode> one = new ArrayList<>();
    List<SimNode> two = new ArrayList<>();
    double share = random.nextDouble();
    for (SimNode node : sim.nodes()) {
      (random.nextDouble() < share ? one : two).add(node);
    }
    sim.partition(one, two);
  }

  private void cutSomeWays() {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      sim.paths().cut(any().address(), any().address());
    }
  }

  private void deafenOrMute() {
    if (random.nextBoolean()) {
      sim.paths().deafen(any().address());
    } else {
      sim.paths().mute(any().address());
    }
  }

  private void blockOneTransport() {
    if (random.nextBoolean()) {
      sim.paths().blockDatagrams(any().address(), any().address());
    } else {
      sim.paths().blockStreams(any().address(), any().address());
    }
  }

  private void heal() {
    sim.heal();
  }

  // Processes

  private void pause() {
    SimNode node = running();
    if (node != null && !node.isPaused()) {
      sim.pause(
          node, Duration.ofMillis(100 + random.nextInt(random.nextBoolean() ? 2_000 : 20_000)));
    }
  }

  private void crash() {
    SimNode node = running();
    if (node != null) {
      sim.crash(node);
    }
  }

  private void silence() {
    SimNode node = running();
    if (node != null) {
      sim.silence(node);
    }
  }

  private void restart() {
    sim.restart(gone());
  }

  private void replaceByAnother() {
    SimNode node = gone();
    sim.replace(node, node.spec().withId("x" + nextName++));
  }

  private void move() {
    int slot = random.nextInt(sim.nodes().size());
    if (slot >= SEEDS) {
      SimNode node = sim.node(slot);
      Duration behind = Duration.ofSeconds(random.nextBoolean() ? 0 : random.nextInt(7_200));
      sim.replace(
          node,
          node.spec().at(Simulation.address(nextAddress++)).withClockOffset(behind.negated()));
    }
  }

  private void restartWithAnOldClock() {
    SimNode node = any();
    sim.replace(node, node.spec().withClockOffset(Duration.ofSeconds(-random.nextInt(7_200))));
  }

  private void leave() {
    SimNode node = running();
    if (node != null && !node.isPaused()) {
      node.leave();
      sim.after(
          Duration.ofSeconds(5),
          () -> {
            if (node.isRunning()) {
              sim.stop(node);
            }
          });
    }
  }

  private void join() {
    if (sim.nodes().size() < MOST_NODES) {
      sim.add();
    }
  }

  // Applications

  private void write() {
    SimNode node = running();
    if (node != null) {
      String key = "k" + random.nextInt(4);
      if (random.nextInt(4) == 0) {
        node.removeKey(key);
      } else {
        node.put(key, "v" + random.nextInt(1_000) + "x".repeat(random.nextInt(200)));
      }
    }
  }

  private void callsOfTheApplication() {
    SimNode node = running();
    if (node != null) {
      switch (random.nextInt(3)) {
        case 0 -> node.reportFailure(any().id());
        case 1 -> node.forget(any().id());
        default -> node.rejoin();
      }
    }
  }

  // Choices

  private SimNode any() {
    return sim.node(random.nextInt(sim.nodes().size()));
  }

  private @Nullable SimNode running() {
    List<SimNode> running = sim.running();
    return running.isEmpty() ? null : running.get(random.nextInt(running.size()));
  }

  /** One that does not run, if there is any. */
  private SimNode gone() {
    List<SimNode> gone = new ArrayList<>();
    for (SimNode node : sim.nodes()) {
      if (!node.isRunning()) {
        gone.add(node);
      }
    }
    return gone.isEmpty() ? any() : gone.get(random.nextInt(gone.size()));
  }
}

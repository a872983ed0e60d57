package io.gossip.sim;

import io.gossip.membership.MemberStatus;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimLoad;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimReport.MemberReport;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.List;

/**
 * What must come to pass in a world where nothing goes wrong any more, each by its deadline. L1: a
 * crash is detected. L2: what a member writes is known to all. L3: who was held dead is back. L4: a
 * newcomer is taken in. L5: no storm goes on. L7: a lone survivor finds out. L8: all watch links
 * are there. B4: nothing is left under way.
 */
final class Liveness {
  private static final Duration REST = Duration.ofSeconds(20);
  private static final Duration WATCHED_REST = Duration.ofSeconds(20);
  private static final Duration LAST_SUSPICIONS = Duration.ofSeconds(60);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration FORGETTING = Duration.ofSeconds(6);
  private static final double MOST_ABOVE_IDLE = 1.1;
  private static final int PERIODIC_TIMERS = 24;
  private static final int FEW = 3;

  private final Simulation sim;
  private final SwimConfig promised;

  /**
   * Sets the deadlines.
   *
   * @param promised the numbers they follow from
   */
  Liveness(Simulation sim, SwimConfig promised) {
    this.sim = sim;
    this.promised = promised;
  }

  private Deadlines deadlines() {
    return new Deadlines(promised, sim.running().size());
  }

  /** All who run see each other, and nobody else. */
  void recovers() {
    recovers(() -> {});
  }

  /**
   * All who run see each other, and nobody else.
   *
   * @param meanwhile what is done now and then until they do
   */
  void recovers(Runnable meanwhile) {
    sim.runUntil(
        "L1-L3: one view",
        () -> {
          meanwhile.run();
          return sim.converged();
        },
        deadlines().recovery());
    sim.runUntilConverged(Duration.ZERO);
  }

  /** One ends without a word, and is dead to all. */
  void detectsTheCrashOf(SimNode victim) {
    sim.crash(victim);
    sim.runUntil(
        "L1: " + victim + " is dead to one",
        () -> sim.running().stream().anyMatch(observer -> hasBuried(observer, victim)),
        deadlines().detection());
    sim.runUntil("L2: " + victim + " is dead to all", () -> isGone(victim), SOON);
  }

  private static boolean hasBuried(SimNode observer, SimNode victim) {
    MemberStatus status = observer.status(victim);
    return status != null && !status.isActive();
  }

  /** One leaves that can reach only half of the others, and that is known to all at once. */
  void seesTheLeaveOf(SimNode leaver) {
    List<SimNode> running = sim.running();
    for (int i = 0; i < running.size(); i += 2) {
      if (running.size() > FEW && running.get(i) != leaver) {
        sim.paths().cut(leaver.address(), running.get(i).address());
      }
    }
    leaver.leave();
    sim.runUntil("L2: " + leaver + " has left to all", () -> hasLeft(leaver), AT_ONCE);
    sim.stop(leaver);
    sim.heal();
  }

  private boolean hasLeft(SimNode leaver) {
    return sim.running().stream()
        .allMatch(observer -> observer.status(leaver) == MemberStatus.LEFT);
  }

  /** One falls silent, and even a lone survivor finds out, once it may trust its ears. */
  void detectsTheSilenceOf(List<SimNode> victims) {
    victims.forEach(sim::silence);
    sim.runUntil(
        "L7: " + victims + " are dead to all",
        () -> victims.stream().allMatch(this::isGone),
        deadlines().detection().plus(promised.deafHold()).plus(zoneHold()));
  }

  /** Silent members of a zone may be taken for cut off first; those without a zone may not. */
  private Duration zoneHold() {
    boolean zones = sim.nodes().stream().anyMatch(node -> !node.spec().zone().isEmpty());
    return zones ? promised.partitionHold() : Duration.ZERO;
  }

  private boolean isGone(SimNode victim) {
    for (SimNode observer : sim.running()) {
      MemberStatus status = observer.status(victim);
      if (status != null && status.isActive()) {
        return false;
      }
    }
    return true;
  }

  /** What one writes is known to all. */
  void spreadsAWriteOf(SimNode writer) {
    writer.put("last", "word");
    sim.runUntil(
        "L2: the write of " + writer + " is known",
        () ->
            sim.running().stream()
                .allMatch(observer -> "word".equals(observer.stateOf(writer).get("last"))),
        AT_ONCE);
  }

  /** One that has just been started sees all and is seen by all. */
  void takesIn(SimNode newcomer) {
    sim.runUntil(
        "L4: " + newcomer + " is taken in",
        () ->
            sim.running().stream().allMatch(other -> other.sees(newcomer) && newcomer.sees(other)),
        deadlines().join());
  }

  /** Those who were cut off from each other see each other again. */
  void takesBackAll() {
    sim.runUntil("L3: all are back", sim::converged, deadlines().refutation());
  }

  /** Nothing happens, and nothing but the periodic goes on: no queue, no suspicion, no storm. */
  void rests() {
    sim.run(REST);
    if (suspicionsRunning() > 0) {
      // Who has been through much probes rarely, hears little, and so holds a verdict for longer.
      sim.runUntil("B4: suspicions end", () -> suspicionsRunning() == 0, LAST_SUSPICIONS);
      sim.run(REST);
    }
    long suspicions = suspicions();
    long sent = sent();
    sim.run(WATCHED_REST);
    if (suspicions() != suspicions) {
      throw new Violation(sim.describe("L5: suspicions arise though nothing is wrong"));
    }
    double idle = idleMessages() * MOST_ABOVE_IDLE;
    if (sent() - sent > idle) {
      String found = (sent() - sent) + " datagrams at rest, more than " + (long) idle;
      throw new Violation(sim.describe("L5: " + found));
    }
    sim.running().forEach(this::checkNothingLeft);
    sim.running().forEach(this::checkForgotten);
    sim.running().forEach(this::checkWatches);
  }

  private void checkWatches(SimNode node) {
    SwimReport report = node.report();
    if (report.watched() != report.toWatch()) {
      String found = node + " watches " + report.watched() + " of " + report.toWatch();
      throw new Violation(sim.describe("L8: " + found));
    }
  }

  private void checkForgotten(SimNode node) {
    Duration retention = node.spec().config().departedRetention();
    for (MemberReport member : node.report().members()) {
      boolean departed = !member.member().status().isActive();
      if (departed && member.since().compareTo(retention.plus(FORGETTING)) > 0) {
        throw new Violation(sim.describe("B4: " + node + " does not forget " + member.member()));
      }
    }
  }

  private long suspicions() {
    return sim.running().stream().mapToLong(node -> node.stats().count(Counter.SUSPICIONS)).sum();
  }

  private long sent() {
    return sim.running().stream()
        .mapToLong(node -> node.stats().count(Counter.DATAGRAMS_SENT))
        .sum();
  }

  /** A ping and an ack per member and period (SWIM), and the attempts to reach departed members. */
  private double idleMessages() {
    double messages = 0;
    for (SimNode node : sim.running()) {
      double seconds = (double) WATCHED_REST.toNanos();
      messages += 2 * seconds / node.spec().config().probeInterval().toNanos();
      double reconnects = seconds / node.spec().config().reconnectInterval().toNanos();
      messages += 2 + 2 * reconnects * (1 + node.view().departed().size());
    }
    return messages;
  }

  private int suspicionsRunning() {
    int running = 0;
    for (SimNode node : sim.running()) {
      running += node.load().suspicions();
    }
    return running;
  }

  private void checkNothingLeft(SimNode node) {
    SwimLoad load = node.load();
    // A probe, or a greeting of a dead member, may be under way this very moment.
    int dead = node.view().count(MemberStatus.DEAD);
    boolean alone = node.view().members().size() == 1; // with nobody to tell
    boolean nothing =
        (load.rumors() == 0 || alone)
            && load.suspicions() == 0
            && load.relayed() == 0
            && load.probes() <= 1 + dead
            && load.streams() <= node.spec().seeds().size()
            && load.timers() <= PERIODIC_TIMERS + 3 * dead;
    if (!nothing) {
      throw new Violation(sim.describe("B4: " + node + " still holds " + load));
    }
  }
}

package io.gossip.sim.tool;

import io.gossip.membership.Member;
import io.gossip.sim.SimNode;
import io.gossip.sim.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A slot of the world: the process in it now, and what has been done to it. */
final class Resident {
  private final int slot;
  private SimNode node;
  private Duration since;
  private boolean afflicted;

  /**
   * A slot with its first process.
   *
   * @param since when the process was started
   */
  Resident(int slot, SimNode node, Duration since) {
    this.slot = slot;
    this.node = node;
    this.since = since;
  }

  /** Its number, from 0. */
  int slot() {
    return slot;
  }

  SimNode node() {
    return node;
  }

  /** When the process was started, in the time of the simulation. */
  Duration since() {
    return since;
  }

  String zone() {
    return node.spec().zone();
  }

  String region() {
    return Topology.regionOf(zone());
  }

  boolean isRunning() {
    return node.isRunning();
  }

  /** Whether this record is about the process that runs here now. */
  boolean lives(Member member) {
    return node.isRunning()
        && node.self().generation() == member.generation()
        && node.id().equals(member.id());
  }

  /** Whether the process itself, or its own connection, was ever made worse than the others'. */
  boolean isAfflicted() {
    return afflicted;
  }

  void afflict() {
    afflicted = true;
  }

  /** Another process takes the slot. */
  void succeed(SimNode successor, Duration now) {
    node = successor;
    since = now;
  }

  /** The processes in these slots. */
  static List<SimNode> nodes(List<Resident> residents) {
    List<SimNode> nodes = new ArrayList<>();
    for (Resident resident : residents) {
      nodes.add(resident.node());
    }
    return nodes;
  }

  @Override
  public String toString() {
    return node + (zone().isEmpty() ? "" : " in " + zone());
  }
}

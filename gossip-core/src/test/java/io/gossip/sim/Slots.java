package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The places for processes: in each there is one at a time, running or gone. */
final class Slots {
  private final List<SimNode> nodes = new ArrayList<>();
  private final Map<NodeId, List<SimNode>> byName = new HashMap<>(); // looked up only

  int count() {
    return nodes.size();
  }

  SimNode get(int slot) {
    return nodes.get(slot);
  }

  List<SimNode> all() {
    return Collections.unmodifiableList(nodes);
  }

  /** A process in a slot of its own. */
  void add(SimNode node) {
    node.slot(nodes.size());
    nodes.add(node);
    name(node);
  }

  /** Where a process is. */
  int of(SimNode node) {
    int slot = node.slot();
    if (slot < 0 || nodes.get(slot) != node) {
      throw new IllegalArgumentException(node + " is in no slot any more");
    }
    return slot;
  }

  /** Another process in the slot of one that is gone. */
  void set(int slot, SimNode node) {
    node.slot(slot);
    nodes.set(slot, node);
    name(node);
  }

  private void name(SimNode node) {
    List<SimNode> bearers = byName.computeIfAbsent(node.id(), id -> new ArrayList<>(1));
    bearers.removeIf(former -> !former.isRunning());
    bearers.add(node);
  }

  /** Those that run and do not leave; paused ones included. */
  List<SimNode> running() {
    List<SimNode> running = new ArrayList<>(nodes.size());
    for (SimNode node : nodes) {
      if (node.isRunning() && !node.isLeaving()) {
        running.add(node);
      }
    }
    return running;
  }

  /** The process whose record this is, if it runs. */
  @Nullable SimNode runningAs(Member member) {
    for (SimNode node : byName.getOrDefault(member.id(), List.of())) {
      if (node.isRunning() && node.self().generation() == member.generation()) {
        return node;
      }
    }
    return null;
  }
}

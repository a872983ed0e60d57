package io.gossip.sim.tool;

import io.gossip.sim.Simulation;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cuts there are now. Each can end by itself; the world's paths only know "heal all". */
final class Cuts {
  private final Simulation sim;
  private final List<Cut> active = new ArrayList<>();
  private Map<BitSet, Integer> islands = new LinkedHashMap<>();
  private int[] islandOf = new int[0];

  /** What a cut does to its slots. */
  enum Kind {
    /** Nothing passes between them and the rest. */
    APART,
    /** Nothing gets in to them, not even from each other. */
    DEAF,
    /** Nothing gets out of them, not even to each other. */
    MUTE
  }

  /** One cut. */
  static final class Cut {
    private final Kind kind;
    private final BitSet slots;

    private Cut(Kind kind, BitSet slots) {
      this.kind = kind;
      this.slots = slots;
    }
  }

  Cuts(Simulation sim) {
    this.sim = sim;
  }

  /** Cuts these off. */
  Cut add(Kind kind, List<Resident> residents, List<Resident> all) {
    BitSet slots = new BitSet();
    for (Resident resident : residents) {
      slots.set(resident.slot());
    }
    Cut cut = new Cut(kind, slots);
    active.add(cut);
    apply(all);
    return cut;
  }

  /** Ends one cut, if it has not ended. */
  boolean end(Cut cut, List<Resident> all) {
    boolean was = active.remove(cut);
    if (was) {
      apply(all);
    }
    return was;
  }

  /** Ends all cuts. */
  void endAll(List<Resident> all) {
    active.clear();
    apply(all);
  }

  private void apply(List<Resident> all) {
    sim.heal();
    islands = new LinkedHashMap<>();
    islandOf = new int[all.size()];
    List<List<InetSocketAddress>> parts = new ArrayList<>();
    islands.put(new BitSet(), 0); // whom no cut concerns
    parts.add(new ArrayList<>());
    for (Resident resident : all) {
      int island = island(resident.slot(), parts);
      islandOf[resident.slot()] = island;
      parts.get(island).add(resident.node().address());
    }
    if (islands.size() > 1) {
      sim.paths().partition(parts);
    }
    for (Resident resident : all) {
      if (concerned(Kind.DEAF, resident.slot())) {
        sim.paths().deafen(resident.node().address());
      }
      if (concerned(Kind.MUTE, resident.slot())) {
        sim.paths().mute(resident.node().address());
      }
    }
  }

  /** Nodes are on one island when the same cuts have them. */
  private int island(int slot, List<List<InetSocketAddress>> parts) {
    BitSet sides = new BitSet();
    for (int i = 0; i < active.size(); i++) {
      if (active.get(i).kind == Kind.APART && active.get(i).slots.get(slot)) {
        sides.set(i);
      }
    }
    Integer island = islands.get(sides);
    if (island == null) {
      island = parts.size();
      islands.put(sides, island);
      parts.add(new ArrayList<>());
    }
    return island;
  }

  private boolean concerned(Kind kind, int slot) {
    for (Cut cut : active) {
      if (cut.kind == kind && cut.slots.get(slot)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a cut is between two nodes now. */
  boolean separated(Resident one, Resident other) {
    return island(one) != island(other);
  }

  private int island(Resident resident) {
    return resident.slot() < islandOf.length ? islandOf[resident.slot()] : 0;
  }
}

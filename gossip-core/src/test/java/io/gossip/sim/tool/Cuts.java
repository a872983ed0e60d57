package io.gossip.sim.tool;

import io.gossip.sim.Disturbance;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The cuts through the network that there are now, and who is on which side of them. */
final class Cuts {
  private final List<Cut> active = new ArrayList<>();

  /** One cut: some slots, apart from all others. */
  static final class Cut {
    private final Disturbance fault;
    private final BitSet inside;

    private Cut(Disturbance fault, BitSet inside) {
      this.fault = fault;
      this.inside = inside;
    }
  }

  /** A cut was made that has these inside. */
  Cut add(Disturbance fault, List<Resident> residents) {
    BitSet inside = new BitSet();
    for (Resident resident : residents) {
      inside.set(resident.slot());
    }
    Cut cut = new Cut(fault, inside);
    active.add(cut);
    return cut;
  }

  /** Ends one cut; false if it has ended already. */
  boolean end(Cut cut) {
    boolean was = active.remove(cut);
    if (was) {
      cut.fault.end();
    }
    return was;
  }

  /** Ends all cuts. */
  void endAll() {
    for (Cut cut : List.copyOf(active)) {
      end(cut);
    }
  }

  /** Whether a cut is between two nodes now. */
  boolean separated(Resident one, Resident other) {
    for (Cut cut : active) {
      if (cut.inside.get(one.slot()) != cut.inside.get(other.slot())) {
        return true;
      }
    }
    return false;
  }
}

package io.gossip.sim;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All machines that anybody has spoken of, by their addresses. */
final class Machines {
  private final Map<InetSocketAddress, Machine> byAddress = new HashMap<>(); // looked up only
  private final List<Machine> all = new ArrayList<>();

  /** The machine at this address, which is there from now on. */
  Machine at(InetSocketAddress address) {
    Machine machine = byAddress.get(address);
    if (machine == null) {
      machine = new Machine(address, all.size());
      byAddress.put(address, machine);
      all.add(machine);
    }
    return machine;
  }

  /** The machines at these addresses. */
  List<Machine> at(Collection<InetSocketAddress> addresses) {
    List<Machine> machines = new ArrayList<>(addresses.size());
    for (InetSocketAddress address : addresses) {
      machines.add(at(address));
    }
    return machines;
  }

  @Nullable Machine find(InetSocketAddress address) {
    return byAddress.get(address);
  }

  /** In the order in which they were first spoken of. */
  List<Machine> all() {
    return all;
  }
}

package io.gossip.sim;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which ways are cut, and how good the others are. Changed as a scenario goes. */
public final class Paths {
  // Looked up, never walked through: hash order cannot show.
  private final Set<Long> cut = new HashSet<>();
  private final Set<Long> datagramsBlocked = new HashSet<>();
  private final Set<Long> streamsBlocked = new HashSet<>();
  private final Machines machines;
  private final Classes classes;
  private boolean partitioned;

  Paths(Machines machines) {
    this.machines = machines;
    classes = new Classes();
  }

  // How good the ways are

  /** Every way that has no link of its own and is of no class that has. */
  public void all(Link link) {
    classes.all(link);
  }

  /** The ways of all classes that a topology knows. */
  public void topology(Topology topology) {
    classes.topology(topology);
  }

  /** The way from one to the other, in this direction. */
  public void between(InetSocketAddress from, InetSocketAddress to, Link link) {
    classes.between(machines.at(from).wayTo(machines.at(to)), link);
  }

  /** Puts machines into a zone. */
  public void zone(String name, Collection<InetSocketAddress> stand) {
    int zone = classes.zone(name);
    for (InetSocketAddress address : stand) {
      machines.at(address).zone = zone;
    }
  }

  /** All ways from one region to another, in both directions. */
  public void betweenRegions(String one, String other, Link link) {
    classes.betweenRegions(one, other, link);
  }

  /** Makes every way worse, whatever its class, until {@link #restore}. */
  public void worsen(Worsening worsening) {
    classes.worsen(null, worsening);
  }

  /** Makes the ways within, from and to a region worse, until {@link #restore}. */
  public void worsen(String region, Worsening worsening) {
    classes.worsen(region, worsening);
  }

  /** Ends every worsening. */
  public void restore() {
    classes.restore();
  }

  /** What a way becomes that is made worse. */
  public interface Worsening {
    /** The link that is there instead. */
    Link of(Link usual);
  }

  // Which ways are cut

  /** Cuts the world into islands; who is on none of them stays with the first. */
  public void partition(List<? extends Collection<InetSocketAddress>> parts) {
    endPartition();
    partitioned = true;
    for (int island = 0; island < parts.size(); island++) {
      for (InetSocketAddress machine : parts.get(island)) {
        machines.at(machine).island = island;
      }
    }
  }

  /** Nothing passes from one to the other; the other direction is as it was. */
  public void cut(InetSocketAddress from, InetSocketAddress to) {
    cut.add(way(from, to));
  }

  /** No datagram passes from one to the other, streams do. */
  public void blockDatagrams(InetSocketAddress from, InetSocketAddress to) {
    datagramsBlocked.add(way(from, to));
  }

  /** No stream passes from one to the other, datagrams do. */
  public void blockStreams(InetSocketAddress from, InetSocketAddress to) {
    streamsBlocked.add(way(from, to));
  }

  /** Nothing that others send gets in. */
  public void deafen(InetSocketAddress machine) {
    machines.at(machine).deaf = true;
  }

  /** Nothing that it sends gets out. */
  public void mute(InetSocketAddress machine) {
    machines.at(machine).mute = true;
  }

  /** Undoes every cut. The quality of the links stays. */
  public void heal() {
    endPartition();
    cut.clear();
    datagramsBlocked.clear();
    streamsBlocked.clear();
    for (Machine machine : machines.all()) {
      machine.deaf = false;
      machine.mute = false;
    }
  }

  private void endPartition() {
    partitioned = false;
    for (Machine machine : machines.all()) {
      machine.island = 0;
    }
  }

  private long way(InetSocketAddress from, InetSocketAddress to) {
    return machines.at(from).wayTo(machines.at(to));
  }

  // For the network

  Link link(Machine from, Machine to) {
    return classes.link(from, to);
  }

  boolean datagramsPass(Machine from, Machine to) {
    return passes(from, to) && !contains(datagramsBlocked, from, to);
  }

  boolean streamsPass(Machine from, Machine to) {
    return passes(from, to) && !contains(streamsBlocked, from, to);
  }

  private boolean passes(Machine from, Machine to) {
    return from == to
        || (!from.mute
            && !to.deaf
            && (!partitioned || from.island == to.island)
            && !contains(cut, from, to));
  }

  private static boolean contains(Set<Long> ways, Machine from, Machine to) {
    return !ways.isEmpty() && ways.contains(from.wayTo(to));
  }
}

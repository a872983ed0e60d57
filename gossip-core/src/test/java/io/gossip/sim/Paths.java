package io.gossip.sim;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which ways are cut, and how good the others are. Changed as a scenario goes. */
public final class Paths {
  // Looked up, never walked through: hash order cannot show.
  private final Set<Long> cut = new HashSet<>();
  private final Set<Long> datagramsBlocked = new HashSet<>();
  private final Set<Long> streamsBlocked = new HashSet<>();
  private final Machines machines;
  private final Classes classes;
  private final List<Barrier> barriers = new ArrayList<>();
  private final List<Clog> clogs = new ArrayList<>();
  private @Nullable Barrier partition;

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
    List<List<Machine>> islands = new ArrayList<>();
    for (Collection<InetSocketAddress> part : parts) {
      islands.add(machines.at(part));
    }
    partition = new Barrier.Islands(islands);
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

  /** Undoes every cut, and lets go what is held. The quality of the links stays. */
  public void heal() {
    partition = null;
    barriers.clear();
    for (Clog clog : List.copyOf(clogs)) {
      unclog(clog);
    }
    cut.clear();
    datagramsBlocked.clear();
    streamsBlocked.clear();
    for (Machine machine : machines.all()) {
      machine.deaf = false;
      machine.mute = false;
    }
  }

  private long way(InetSocketAddress from, InetSocketAddress to) {
    return machines.at(from).wayTo(machines.at(to));
  }

  // For the network

  Link link(Machine from, Machine to) {
    return classes.link(from, to);
  }

  boolean datagramsPass(Machine from, Machine to, long now) {
    return passes(from, to, now) && !contains(datagramsBlocked, from, to);
  }

  boolean streamsPass(Machine from, Machine to, long now) {
    return passes(from, to, now) && !contains(streamsBlocked, from, to);
  }

  /** Whether something in between refuses streams in the name of their target. */
  boolean refuses(Machine from, Machine to, long now) {
    for (int i = 0; i < barriers.size(); i++) {
      if (barriers.get(i).refuses() && barriers.get(i).stops(from, to, now)) {
        return true;
      }
    }
    return false;
  }

  private boolean passes(Machine from, Machine to, long now) {
    return from == to
        || (!from.mute
            && !to.deaf
            && (partition == null || !partition.stops(from, to, now))
            && (barriers.isEmpty() || !isBarred(from, to, now))
            && !contains(cut, from, to));
  }

  private boolean isBarred(Machine from, Machine to, long now) {
    for (int i = 0; i < barriers.size(); i++) {
      if (barriers.get(i).stops(from, to, now)) {
        return true;
      }
    }
    return false;
  }

  /** What holds all that is on its way from one to the other; {@code null} if nothing does. */
  @Nullable Clog clog(Machine from, Machine to) {
    for (int i = 0; i < clogs.size(); i++) {
      if (clogs.get(i).isOn(from, to)) {
        return clogs.get(i);
      }
    }
    return null;
  }

  private static boolean contains(Set<Long> ways, Machine from, Machine to) {
    return !ways.isEmpty() && ways.contains(from.wayTo(to));
  }

  // For faults

  Classes classes() {
    return classes;
  }

  Machines machines() {
    return machines;
  }

  void raise(Barrier barrier) {
    barriers.add(barrier);
  }

  @SuppressWarnings("ReferenceEquality") // this one, not one like it
  void remove(Barrier barrier) {
    barriers.removeIf(each -> each == barrier);
  }

  void clog(Clog clog) {
    clogs.add(clog);
  }

  void unclog(Clog clog) {
    if (clogs.remove(clog)) {
      clog.release();
    }
  }
}

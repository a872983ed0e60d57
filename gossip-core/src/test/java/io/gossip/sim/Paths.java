package io.gossip.sim;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which link leads from where to where, and which ways are cut. Changed as a scenario goes. */
public final class Paths {
  // Looked up, never walked through: hash order cannot show.
  private final Map<Way, Link> links = new HashMap<>();
  private final Map<Borders, Link> borderLinks = new HashMap<>();
  private final Map<InetSocketAddress, String> regions = new HashMap<>();
  private final Map<InetSocketAddress, Integer> islands = new HashMap<>();
  private final Set<Way> cut = new HashSet<>();
  private final Set<Way> datagramsBlocked = new HashSet<>();
  private final Set<Way> streamsBlocked = new HashSet<>();
  private final Set<InetSocketAddress> deaf = new HashSet<>();
  private final Set<InetSocketAddress> mute = new HashSet<>();
  private Link standard = Link.lan();

  /** Every way that has no link of its own. */
  public void all(Link link) {
    standard = link;
  }

  /** The way from one to the other, in this direction. */
  public void between(InetSocketAddress from, InetSocketAddress to, Link link) {
    links.put(new Way(from, to), link);
  }

  /** Puts machines into a region. */
  public void region(String name, Collection<InetSocketAddress> machines) {
    for (InetSocketAddress machine : machines) {
      regions.put(machine, name);
    }
  }

  /** All ways from one region to another, in both directions. */
  public void betweenRegions(String one, String other, Link link) {
    borderLinks.put(new Borders(one, other), link);
    borderLinks.put(new Borders(other, one), link);
  }

  /** Cuts the world into islands; who is on none of them stays with the first. */
  public void partition(List<? extends Collection<InetSocketAddress>> parts) {
    islands.clear();
    for (int island = 0; island < parts.size(); island++) {
      for (InetSocketAddress machine : parts.get(island)) {
        islands.put(machine, island);
      }
    }
  }

  /** Nothing passes from one to the other; the other direction is as it was. */
  public void cut(InetSocketAddress from, InetSocketAddress to) {
    cut.add(new Way(from, to));
  }

  /** No datagram passes from one to the other, streams do. */
  public void blockDatagrams(InetSocketAddress from, InetSocketAddress to) {
    datagramsBlocked.add(new Way(from, to));
  }

  /** No stream passes from one to the other, datagrams do. */
  public void blockStreams(InetSocketAddress from, InetSocketAddress to) {
    streamsBlocked.add(new Way(from, to));
  }

  /** Nothing that others send gets in. */
  public void deafen(InetSocketAddress machine) {
    deaf.add(machine);
  }

  /** Nothing that it sends gets out. */
  public void mute(InetSocketAddress machine) {
    mute.add(machine);
  }

  /** Undoes every cut. The quality of the links stays. */
  public void heal() {
    islands.clear();
    cut.clear();
    datagramsBlocked.clear();
    streamsBlocked.clear();
    deaf.clear();
    mute.clear();
  }

  Link link(InetSocketAddress from, InetSocketAddress to) {
    if (!links.isEmpty()) {
      Link own = links.get(new Way(from, to));
      if (own != null) {
        return own;
      }
    }
    if (!borderLinks.isEmpty()) {
      String one = regions.get(from);
      String other = regions.get(to);
      @Nullable Link border =
          one == null || other == null ? null : borderLinks.get(new Borders(one, other));
      if (border != null) {
        return border;
      }
    }
    return standard;
  }

  boolean datagramsPass(InetSocketAddress from, InetSocketAddress to) {
    return passes(from, to)
        && (datagramsBlocked.isEmpty() || !datagramsBlocked.contains(new Way(from, to)));
  }

  boolean streamsPass(InetSocketAddress from, InetSocketAddress to) {
    return passes(from, to)
        && (streamsBlocked.isEmpty() || !streamsBlocked.contains(new Way(from, to)));
  }

  private boolean passes(InetSocketAddress from, InetSocketAddress to) {
    if (from.equals(to)) {
      return true;
    }
    return !mute.contains(from)
        && !deaf.contains(to)
        && (cut.isEmpty() || !cut.contains(new Way(from, to)))
        && (islands.isEmpty() || islands.getOrDefault(from, 0).equals(islands.getOrDefault(to, 0)));
  }

  private record Way(InetSocketAddress from, InetSocketAddress to) {}

  private record Borders(String from, String to) {}
}

package io.gossip.sim;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One machine, known by the one address that matters here: where it stands and what runs on it. */
final class Machine {
  final InetSocketAddress address;

  /** Its number in the world, from 0. */
  final int number;

  /** Where it stands: a number that {@link Paths} gives to a zone's name. */
  int zone;

  /** Whether nothing that others send gets in. */
  boolean deaf;

  /** Whether nothing that it sends gets out. */
  boolean mute;

  /** Share of what others send that does not get in. */
  double lossIn;

  /** Share of what it sends that does not get out. */
  double lossOut;

  /** The largest datagram that gets to it and away from it; longer ones vanish. */
  int largestDatagram = Integer.MAX_VALUE;

  /** Its way out, where that is narrow. */
  @Nullable Pipe uplink;

  /** Whether its kernel answers. */
  boolean powered;

  /** The process that listens; {@code null} if none does. */
  @Nullable Sockets sockets;

  Machine(InetSocketAddress address, int number) {
    this.address = address;
    this.number = number;
  }

  /** A number for the way from this one to another. */
  long wayTo(Machine other) {
    return (long) number << Integer.SIZE | other.number;
  }
}

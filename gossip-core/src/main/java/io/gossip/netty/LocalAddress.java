package io.gossip.netty;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address that this machine has, and the interface that has it.
 *
 * @param reachesOthers whether the interface is neither a loopback nor a point-to-point link
 */
record LocalAddress(String interfaceName, boolean reachesOthers, InetAddress address) {

  private static final Logger log = LoggerFactory.getLogger(LocalAddress.class);

  /** Addresses of the interfaces that are up, in the machine's order. */
  static List<LocalAddress> all() {
    List<LocalAddress> found = new ArrayList<>();
    try {
      Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
      while (interfaces != null && interfaces.hasMoreElements()) {
        addAll(found, interfaces.nextElement());
      }
    } catch (SocketException e) {
      log.warn("Cannot list the network interfaces", e);
    }
    return List.copyOf(found);
  }

  private static void addAll(List<LocalAddress> found, NetworkInterface from) {
    try {
      if (!from.isUp()) {
        return;
      }
      boolean reachesOthers = !from.isLoopback() && !from.isPointToPoint();
      Enumeration<InetAddress> addresses = from.getInetAddresses();
      while (addresses.hasMoreElements()) {
        found.add(new LocalAddress(from.getName(), reachesOthers, addresses.nextElement()));
      }
    } catch (SocketException e) {
      log.debug("Network interface {} went away", from.getName(), e);
    }
  }

  /** How well it serves to be announced, without any other hint: lower is better. */
  int rank() {
    if (address instanceof Inet4Address) {
      return address.isSiteLocalAddress() ? 0 : address.isLinkLocalAddress() ? 4 : 1;
    }
    return isUniqueLocal() ? 2 : 3;
  }

  /** Whether others can use it: the zone of a link-local IPv6 address means nothing to them. */
  boolean canBeAnnounced() {
    return !address.isAnyLocalAddress()
        && !address.isMulticastAddress()
        && !(address instanceof Inet6Address && address.isLinkLocalAddress());
  }

  private boolean isUniqueLocal() {
    return (address.getAddress()[0] & 0xfe) == 0xfc;
  }
}

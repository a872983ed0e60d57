package io.gossip.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses without names: nothing here ever asks a name server. */
final class Addresses {

  private Addresses() {}

  /** For people: {@code 10.0.0.1:7946}, {@code [fd00::1]:7946}. */
  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return host.indexOf(':') < 0
        ? host + ":" + address.getPort()
        : "[" + host + "]:" + address.getPort();
  }

  /** Whether a packet can have come from there, so that an answer can go back. */
  static boolean isSource(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    return host != null
        && address.getPort() != 0
        && !host.isAnyLocalAddress()
        && !host.isMulticastAddress();
  }

  /** The same address without a name; IPv4 where it is IPv4 mapped into IPv6. */
  static InetAddress plain(InetAddress address) {
    try {
      if (address instanceof Inet6Address v6 && v6.getScopeId() != 0) {
        return Inet6Address.getByAddress(null, v6.getAddress(), v6.getScopeId());
      }
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes is an address", e);
    }
  }

  /** The same, for where a packet came from; costs nothing where nothing changes. */
  static InetSocketAddress plain(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address v6 && isMapped(v6.getAddress())
        ? new InetSocketAddress(plain(v6), address.getPort())
        : address;
  }

  private static boolean isMapped(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == (byte) 0xff && address[11] == (byte) 0xff;
  }
}

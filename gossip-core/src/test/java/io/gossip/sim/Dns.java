package io.gossip.sim;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of the world and their addresses. Literal addresses stand for themselves. */
final class Dns {
  private final Map<String, List<InetAddress>> names = new HashMap<>(); // looked up only

  void set(String name, List<InetAddress> addresses) {
    names.put(name, List.copyOf(addresses));
  }

  /** None if nobody knows the name. */
  List<InetAddress> lookUp(String host) {
    List<InetAddress> known = names.get(host);
    if (known != null) {
      return known;
    }
    if (!host.matches("[0-9.]+|.*:.*")) {
      return List.of();
    }
    try {
      return List.of(InetAddress.getByName(host)); // a literal: nobody is asked
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}

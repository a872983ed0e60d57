package io.gossip.netty;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which of the machine's addresses a node announces.
 *
 * @param host announced as it is, if set: a literal address or a name, resolved at start
 * @param port announced instead of the bound one, if set; for port mappings
 * @param preferredNetworks CIDRs in order of preference, IPv4 or IPv6; may be empty
 * @param ignoredInterfaces regular expressions; an interface whose name matches one is never
 *     announced
 * @param family which kind of address
 */
public record AddressPreference(
    @Nullable String host,
    @Nullable Integer port,
    List<String> preferredNetworks,
    List<String> ignoredInterfaces,
    Family family) {

  /**
   * Checks the networks, the expressions and the port.
   *
   * @throws IllegalArgumentException naming the one that cannot be
   */
  public AddressPreference {
    if (host != null && host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank");
    }
    if (port != null && (port < 1 || port > 65535)) {
      throw new IllegalArgumentException("port must be 1 to 65535, but was " + port);
    }
    preferredNetworks = List.copyOf(preferredNetworks);
    for (String network : preferredNetworks) {
      try {
        Cidr.parse(network);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("preferredNetworks: " + e.getMessage(), e);
      }
    }
    ignoredInterfaces = List.copyOf(ignoredInterfaces);
    for (String expression : ignoredInterfaces) {
      try {
        Pattern.compile(expression);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException("ignoredInterfaces: " + e.getMessage(), e);
      }
    }
  }

  /** Kinds of addresses. */
  public enum Family {
    /** Whichever the way to the first seed uses, then IPv4. */
    AUTO,
    /** IPv4 only. */
    IPV4,
    /** IPv6 only. */
    IPV6
  }

  /** Interfaces that containers, hypervisors and tunnels make. */
  public static final List<String> VIRTUAL_INTERFACES =
      List.of("docker.*", "veth.*", "br-.*", "virbr.*", "vboxnet.*", "utun.*");

  /** No wish: the address that the kernel uses towards the first seed, and the bound port. */
  public static AddressPreference automatic() {
    return new AddressPreference(null, null, List.of(), VIRTUAL_INTERFACES, Family.AUTO);
  }
}

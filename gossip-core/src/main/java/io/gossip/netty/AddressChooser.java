package io.gossip.netty;

import io.gossip.swim.Seed;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the address to announce: what was configured, else where the node listens, else a preferred
 * network, else the way to the first seed, else an interface that others can reach, else loopback.
 */
final class AddressChooser {

  /** Longest wait for a configured host's address: without it there is nothing to announce. */
  static final long HOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Longest wait for the seeds' addresses, all together: they are only a hint. */
  static final long SEEDS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Logger log = LoggerFactory.getLogger(AddressChooser.class);

  private final AddressPreference preference;
  private final SeedResolver resolver;
  private final Function<InetSocketAddress, @Nullable InetAddress> route;
  private final Supplier<List<LocalAddress>> machine;

  AddressChooser(AddressPreference preference, SeedResolver resolver) {
    this(preference, resolver, AddressChooser::towards, LocalAddress::all);
  }

  AddressChooser(
      AddressPreference preference,
      SeedResolver resolver,
      Function<InetSocketAddress, @Nullable InetAddress> route,
      Supplier<List<LocalAddress>> machine) {
    this.preference = preference;
    this.resolver = resolver;
    this.route = route;
    this.machine = machine;
  }

  /**
   * Chooses.
   *
   * @param bound where the node listens; {@code null} for everywhere
   * @throws ShellStartException if the configured host has no address
   */
  AdvertisedAddress choose(@Nullable InetAddress bound, List<Seed> seeds)
      throws ShellStartException {
    String host = preference.host();
    if (host != null) {
      return configured(host);
    }
    if (bound != null && !bound.isAnyLocalAddress()) {
      return new AdvertisedAddress(Addresses.plain(bound), "the address it listens on");
    }
    List<LocalAddress> candidates = candidates();
    AdvertisedAddress found = inPreferredNetwork(candidates);
    if (found == null) {
      found = towardsSeeds(seeds);
    }
    if (found == null) {
      found = onInterface(candidates);
    }
    return found != null
        ? found
        : new AdvertisedAddress(
            Addresses.plain(InetAddress.getLoopbackAddress()), "no other address was found");
  }

  private AdvertisedAddress configured(String host) throws ShellStartException {
    List<InetAddress> addresses =
        resolver.await(host, HOST_NANOS).stream().filter(this::isWanted).toList();
    if (addresses.isEmpty()) {
      throw ShellStartException.because(
          "advertise host '" + host + "' has no " + familyName() + " address", null);
    }
    InetAddress address =
        addresses.stream()
            .filter(Inet4Address.class::isInstance)
            .findFirst()
            .orElse(addresses.get(0));
    return new AdvertisedAddress(address, "configured as " + host);
  }

  private List<LocalAddress> candidates() {
    List<Pattern> ignored = preference.ignoredInterfaces().stream().map(Pattern::compile).toList();
    return machine.get().stream()
        .filter(LocalAddress::canBeAnnounced)
        .filter(a -> isWanted(a.address()))
        .filter(a -> ignored.stream().noneMatch(p -> p.matcher(a.interfaceName()).matches()))
        .toList();
  }

  private @Nullable AdvertisedAddress inPreferredNetwork(List<LocalAddress> candidates) {
    for (String text : preference.preferredNetworks()) {
      Cidr network = Cidr.parse(text);
      for (LocalAddress candidate : candidates) {
        if (network.contains(candidate.address())) {
          return new AdvertisedAddress(
              Addresses.plain(candidate.address()),
              "in preferred network " + text + ", on " + candidate.interfaceName());
        }
      }
    }
    if (!preference.preferredNetworks().isEmpty()) {
      log.warn("No address of this machine is in {}", preference.preferredNetworks());
    }
    return null;
  }

  private @Nullable AdvertisedAddress towardsSeeds(List<Seed> seeds) {
    long deadline = System.nanoTime() + SEEDS_NANOS;
    boolean onlyLoopback = true;
    AdvertisedAddress loopback = null;
    for (Seed seed : seeds) {
      List<InetAddress> addresses = resolver.await(seed.host(), deadline - System.nanoTime());
      onlyLoopback &= !addresses.isEmpty();
      for (InetAddress address : addresses) {
        onlyLoopback &= address.isLoopbackAddress();
        InetAddress mine =
            isWanted(address) ? route.apply(new InetSocketAddress(address, seed.port())) : null;
        if (mine == null || mine.isAnyLocalAddress()) {
          continue;
        }
        if (!mine.isLoopbackAddress()) {
          return new AdvertisedAddress(mine, "this machine's own towards seed " + seed);
        }
        if (loopback == null) {
          loopback = new AdvertisedAddress(mine, "all seeds are loopback addresses");
        }
      }
    }
    return onlyLoopback ? loopback : null;
  }

  private @Nullable AdvertisedAddress onInterface(List<LocalAddress> candidates) {
    return candidates.stream()
        .filter(LocalAddress::reachesOthers)
        .min(Comparator.comparingInt(LocalAddress::rank))
        .map(a -> new AdvertisedAddress(Addresses.plain(a.address()), "on " + a.interfaceName()))
        .orElse(null);
  }

  private boolean isWanted(InetAddress address) {
    return switch (preference.family()) {
      case AUTO -> true;
      case IPV4 -> address instanceof Inet4Address;
      case IPV6 -> !(address instanceof Inet4Address);
    };
  }

  private String familyName() {
    return switch (preference.family()) {
      case AUTO -> "IP";
      case IPV4 -> "IPv4";
      case IPV6 -> "IPv6";
    };
  }

  /** The address the kernel would send from. Connecting a datagram socket sends nothing. */
  private static @Nullable InetAddress towards(InetSocketAddress seed) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(seed);
      return Addresses.plain(socket.getLocalAddress());
    } catch (SocketException e) {
      log.debug("No way to {}", Addresses.text(seed), e);
      return null;
    }
  }
}

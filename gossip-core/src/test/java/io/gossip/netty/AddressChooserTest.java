package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.netty.AddressPreference.Family;
import io.gossip.swim.Seed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddressChooserTest {

  private static final LocalAddress LOOPBACK = local("lo", false, "127.0.0.1");
  private static final LocalAddress DOCKER = local("docker0", true, "172.17.0.1");
  private static final LocalAddress PUBLIC = local("eth0", true, "203.0.113.7");
  private static final LocalAddress PRIVATE = local("eth1", true, "10.1.2.3");
  private static final LocalAddress PRIVATE_V6 = local("eth1", true, "fd00::3");
  private static final LocalAddress LINK_LOCAL_V6 = local("eth1", true, "fe80::3");
  private static final LocalAddress TUNNEL = local("tun0", false, "10.8.0.2");

  private final SeedResolver resolver = new SeedResolver("resolver", new ShellStats());
  private final List<InetSocketAddress> asked = new ArrayList<>();

  @AfterEach
  void endResolver() {
    resolver.close();
  }

  @Test
  void configuredHostIsAnnouncedWhateverElseThereIs() throws ShellStartException {
    AdvertisedAddress chosen =
        chooser(preference("198.51.100.4", Family.AUTO), AddressChooserTest::noWay, PRIVATE)
            .choose(ip("10.1.2.3"), List.of());

    assertThat(chosen.address()).isEqualTo(ip("198.51.100.4"));
    assertThat(chosen.source()).isEqualTo("configured as 198.51.100.4");
  }

  @Test
  void configuredHostWithoutAnAddressOfTheFamilyFailsTheStart() {
    assertThatThrownBy(
            () ->
                chooser(preference("198.51.100.4", Family.IPV6), AddressChooserTest::noWay, PRIVATE)
                    .choose(null, List.of()))
        .isInstanceOf(ShellStartException.class)
        .hasMessage("advertise host '198.51.100.4' has no IPv6 address");
  }

  @Test
  void addressItListensOnIsAnnounced() throws ShellStartException {
    AdvertisedAddress chosen =
        chooser(AddressPreference.automatic(), AddressChooserTest::noWay, PRIVATE, PUBLIC)
            .choose(ip("203.0.113.7"), List.of(seed("10.0.0.1")));

    assertThat(chosen)
        .isEqualTo(new AdvertisedAddress(ip("203.0.113.7"), "the address it listens on"));
  }

  @Test
  void preferredNetworksAreTriedInOrderBeforeTheSeeds() throws ShellStartException {
    AdvertisedAddress chosen =
        chooser(
                preferring("192.168.0.0/16", "10.8.0.0/16", "10.0.0.0/8"),
                to("10.1.2.3"),
                PRIVATE,
                TUNNEL)
            .choose(null, List.of(seed("10.0.0.1")));

    assertThat(chosen.address()).isEqualTo(ip("10.8.0.2"));
    assertThat(chosen.source()).isEqualTo("in preferred network 10.8.0.0/16, on tun0");
    assertThat(asked).isEmpty();
  }

  @Test
  void wayToTheFirstSeedDecidesWhereNoPreferredNetworkMatches() throws ShellStartException {
    AdvertisedAddress chosen =
        chooser(preferring("192.168.0.0/16"), to("203.0.113.7"), PRIVATE, PUBLIC)
            .choose(null, List.of(seed("10.0.0.1"), seed("10.0.0.2")));

    assertThat(chosen.address()).isEqualTo(ip("203.0.113.7"));
    assertThat(chosen.source()).isEqualTo("this machine's own towards seed 10.0.0.1:7946");
    assertThat(asked).containsExactly(new InetSocketAddress(ip("10.0.0.1"), 7946));
  }

  @Test
  void seedsOfTheOtherFamilyAreNoHint() throws ShellStartException {
    AdvertisedAddress chosen =
        chooser(preference(null, Family.IPV6), to("10.1.2.3"), PRIVATE, LINK_LOCAL_V6, PRIVATE_V6)
            .choose(null, List.of(seed("10.0.0.1")));

    assertThat(chosen.address()).isEqualTo(ip("fd00::3"));
    assertThat(asked).isEmpty();
  }

  @Test
  void loopbackIsAnnouncedWhereAllSeedsAreLoopback() throws ShellStartException {
    AdvertisedAddress chosen =
        chooser(AddressPreference.automatic(), to("127.0.0.1"), LOOPBACK, PRIVATE)
            .choose(null, List.of(seed("127.0.0.1"), seed("127.0.0.2")));

    assertThat(chosen.address()).isEqualTo(ip("127.0.0.1"));
    assertThat(chosen.source()).isEqualTo("all seeds are loopback addresses");
  }

  @Test
  void loopbackIsNotAnnouncedWhereOneSeedIsElsewhere() throws ShellStartException {
    AdvertisedAddress chosen =
        chooser(AddressPreference.automatic(), AddressChooserTest::byKind, LOOPBACK, PRIVATE)
            .choose(null, List.of(seed("127.0.0.1"), seed("10.0.0.9")));

    assertThat(chosen.address()).isEqualTo(ip("10.1.2.3"));
  }

  @Test
  void privateAddressOfAnInterfaceThatReachesOthersIsTheLastHint() throws ShellStartException {
    AdvertisedAddress chosen =
        chooser(
                AddressPreference.automatic(),
                AddressChooserTest::noWay,
                LOOPBACK,
                TUNNEL,
                DOCKER,
                LINK_LOCAL_V6,
                PRIVATE_V6,
                PUBLIC,
                PRIVATE)
            .choose(null, List.of());

    assertThat(chosen).isEqualTo(new AdvertisedAddress(ip("10.1.2.3"), "on eth1"));
  }

  @Test
  void loopbackIsLeftWhereThereIsNothingElse() throws ShellStartException {
    AdvertisedAddress chosen =
        chooser(
                AddressPreference.automatic(),
                AddressChooserTest::noWay,
                LOOPBACK,
                DOCKER,
                LINK_LOCAL_V6)
            .choose(null, List.of());

    assertThat(chosen.address().isLoopbackAddress()).isTrue();
    assertThat(chosen.source()).isEqualTo("no other address was found");
  }

  @Test
  void thisMachineHasALoopbackAddressAndAWayToIt() throws ShellStartException {
    assertThat(LocalAddress.all()).anyMatch(a -> a.address().isLoopbackAddress());
    assertThat(
            new AddressChooser(AddressPreference.automatic(), resolver)
                .choose(null, List.of(seed("127.0.0.1")))
                .address())
        .isEqualTo(ip("127.0.0.1"));
  }

  @Test
  void preferenceThatCannotBeIsRefusedByName() {
    assertThatThrownBy(() -> preferring("10.0.0.0/99"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("preferredNetworks: '10.0.0.0/99'");
    assertThatThrownBy(
            () -> new AddressPreference(null, null, List.of(), List.of("(eth"), Family.AUTO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ignoredInterfaces: ");
    assertThatThrownBy(() -> new AddressPreference(null, 0, List.of(), List.of(), Family.AUTO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port must be 1 to 65535, but was 0");
  }

  private AddressChooser chooser(
      AddressPreference preference,
      Function<InetSocketAddress, @Nullable InetAddress> route,
      LocalAddress... local) {
    return new AddressChooser(
        preference,
        resolver,
        seed -> {
          asked.add(seed);
          return route.apply(seed);
        },
        () -> List.of(local));
  }

  private static @Nullable InetAddress noWay(InetSocketAddress seed) {
    return null;
  }

  private static Function<InetSocketAddress, @Nullable InetAddress> to(String address) {
    return seed -> ip(address);
  }

  private static InetAddress byKind(InetSocketAddress seed) {
    return ip(seed.getAddress().isLoopbackAddress() ? "127.0.0.1" : "10.1.2.3");
  }

  private static AddressPreference preferring(String... networks) {
    return new AddressPreference(
        null, null, List.of(networks), AddressPreference.VIRTUAL_INTERFACES, Family.AUTO);
  }

  private static AddressPreference preference(@Nullable String host, Family family) {
    return new AddressPreference(
        host, null, List.of(), AddressPreference.VIRTUAL_INTERFACES, family);
  }

  private static LocalAddress local(String name, boolean reachesOthers, String address) {
    return new LocalAddress(name, reachesOthers, ip(address));
  }

  private static Seed seed(String host) {
    return new Seed(host, 7946);
  }

  private static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}

package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.GossipNodeBuilder;
import io.gossip.crypto.PacketCipher;
import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import io.gossip.netty.AddressPreference;
import io.gossip.netty.Encryption;
import io.gossip.netty.MemberFilter;
import io.gossip.netty.Protection;
import io.gossip.netty.Signing;
import io.gossip.spring.GossipInstanceProperties;
import io.gossip.spring.GossipNodeCustomizer;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import io.gossip.swim.Seed;
import io.gossip.swim.SwimConfig;
import io.gossip.wire.Limits;
import io.gossip.wire.PacketWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Makes the node that the properties describe. */
final class NodeFactory {

  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LONGEST_APPLICATION = 100;

  private final GossipProperties properties;
  private final GossipInstanceProperties instance;
  private final Environment environment;

  NodeFactory(
      GossipProperties properties, GossipInstanceProperties instance, Environment environment) {
    this.properties = properties;
    this.instance = instance;
    this.environment = environment;
  }

  /**
   * The node, not started.
   *
   * @throws InvalidGossipPropertyException if a property has a value that cannot be
   */
  GossipNode create(
      SwimConfig swim,
      List<String> seeds,
      StreamTlsFactory tls,
      @Nullable Signing signing,
      @Nullable MemberFilter filter,
      Stream<GossipNodeCustomizer> customizers) {
    GossipProperties.Bind bind = properties.bind();
    PropertyRules.between("gossip.bind.port", bind.port(), 0, 65_535);
    PropertyRules.between("gossip.bind.port-attempts", bind.portAttempts(), 1, 1000);
    PropertyRules.between(
        "gossip.events.queue-capacity", properties.events().queueCapacity(), 1, Integer.MAX_VALUE);
    GossipNodeBuilder builder =
        GossipNode.builder()
            .id(id())
            .cluster(properties.clusterName())
            .bindHost(bind.host())
            .bindPort(bind.port())
            .portAttempts(bind.portAttempts())
            .address(address())
            .transport(properties.transport().type())
            .seeds(parse(seeds))
            .zone(zone())
            .swim(swim)
            .encryption(encryption(swim, signing != null))
            .tls(tls.create())
            .signing(signing)
            .memberFilter(filter)
            .allowedNetworks(allowedNetworks())
            .eventQueueCapacity(properties.events().queueCapacity());
    customizers.forEach(customizer -> customizer.customize(builder));
    GossipNode node = builder.build();
    if (node.protection().hasTls()) {
      tls.follow(node);
    }
    return node;
  }

  private @Nullable Encryption encryption(SwimConfig swim, boolean signs) {
    Encryption encryption = EncryptionFactory.of(properties);
    int least =
        Limits.MIN_DATAGRAM_BYTES
            + (encryption == null ? 0 : PacketCipher.OVERHEAD)
            + (signs ? PacketWriter.SIGNATURE_OVERHEAD : 0);
    if (swim.maxPacketSize() < least) {
      throw new InvalidGossipPropertyException(
          "gossip.transport.max-packet-size",
          swim.maxPacketSize() + "B",
          "must be at least " + least + "B with encryption and signatures as they are");
    }
    return encryption;
  }

  private List<String> allowedNetworks() {
    List<String> networks = properties.security().allowedNetworks();
    try {
      Protection.check(networks);
    } catch (IllegalArgumentException e) {
      InvalidGossipPropertyException named =
          new InvalidGossipPropertyException(
              "gossip.security.allowed-networks",
              String.join(",", networks),
              "must be networks: " + e.getMessage());
      named.initCause(e);
      throw named;
    }
    return networks;
  }

  private String id() {
    String id = properties.nodeId();
    if (id == null || id.isBlank()) {
      return name() + "-" + random();
    }
    if (!NodeId.isValid(id)) {
      throw new InvalidGossipPropertyException(
          "gossip.node-id",
          id,
          "must have 1 to " + NodeId.MAX_BYTES + " bytes and no whitespace or control characters");
    }
    return id;
  }

  private String name() {
    String name = environment.getProperty("spring.application.name", "application");
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-");
    return plain.substring(0, Math.min(plain.length(), LONGEST_APPLICATION));
  }

  private static String random() {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      text.append(BASE32.charAt(random.nextInt(BASE32.length())));
    }
    return text.toString();
  }

  private AddressPreference address() {
    GossipProperties.Advertise advertise = properties.advertise();
    Integer port = advertise.port();
    if (port != null) {
      PropertyRules.between("gossip.advertise.port", port, 1, 65_535);
    }
    return new AddressPreference(
        advertise.host(),
        port,
        advertise.preferredNetworks(),
        advertise.ignoredInterfaces(),
        advertise.family());
  }

  private static List<Seed> parse(List<String> texts) {
    List<Seed> seeds = new ArrayList<>();
    for (String text : texts) {
      if (text.isBlank()) {
        continue; // as ${SEEDS:} leaves behind
      }
      try {
        seeds.add(Seed.parse(text, GossipNode.DEFAULT_PORT));
      } catch (IllegalArgumentException e) {
        InvalidGossipPropertyException named =
            new InvalidGossipPropertyException(
                "gossip.seeds", text, "must be host[:port], with IPv6 addresses in brackets");
        named.initCause(e);
        throw named;
      }
    }
    return seeds;
  }

  private String zone() {
    String zone = zone(instance, environment);
    if (zone == null) {
      return "";
    }
    if (zone.getBytes(StandardCharsets.UTF_8).length > Member.MAX_ZONE_BYTES) {
      throw new InvalidGossipPropertyException(
          "gossip.instance.zone", zone, "must have at most " + Member.MAX_ZONE_BYTES + " bytes");
    }
    return zone;
  }

  /** The failure domain the application runs in; {@code null} when it is not told. */
  static @Nullable String zone(GossipInstanceProperties instance, Environment environment) {
    String zone = instance.zone();
    return zone == null ? environment.getProperty("spring.cloud.loadbalancer.zone") : zone;
  }
}

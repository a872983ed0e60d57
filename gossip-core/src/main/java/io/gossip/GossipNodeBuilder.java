package io.gossip;

import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import io.gossip.netty.AddressPreference;
import io.gossip.netty.Encryption;
import io.gossip.netty.MemberFilter;
import io.gossip.netty.Signing;
import io.gossip.netty.Tls;
import io.gossip.netty.TransportType;
import io.gossip.swim.Seed;
import io.gossip.swim.SwimConfig;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settles what a {@link GossipNode} is and where it listens. Not thread-safe. */
public final class GossipNodeBuilder {

  private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 8;

  @Nullable NodeId id;
  @Nullable InetAddress bindHost;
  int bindPort = GossipNode.DEFAULT_PORT;
  int portAttempts = 1;
  AddressPreference address = AddressPreference.automatic();
  TransportType transport = TransportType.AUTO;
  List<Seed> seeds = List.of();
  String zone = "";
  Map<String, String> state = new TreeMap<>();
  @Nullable String cluster;
  SwimConfig swim = SwimConfig.lan();
  int eventQueueCapacity = 10_000;
  List<String> allowedNetworks = List.of();
  @Nullable Encryption encryption;
  @Nullable Tls tls;
  @Nullable Signing signing;
  @Nullable MemberFilter filter;

  GossipNodeBuilder() {}

  /** Name of the node, unique in the cluster; {@code node-} and 8 random characters unless set. */
  public GossipNodeBuilder id(String name) {
    this.id = new NodeId(name);
    return this;
  }

  /** Name of the cluster; {@code default} unless set. Wins over {@link SwimConfig#cluster()}. */
  public GossipNodeBuilder cluster(String name) {
    this.cluster = name;
    return this;
  }

  /** Address to listen on; {@code null}, the default, for all. */
  public GossipNodeBuilder bindHost(@Nullable InetAddress host) {
    this.bindHost = host;
    return this;
  }

  /** Port to listen on, UDP and TCP; 0 for any; {@value GossipNode#DEFAULT_PORT} unless set. */
  public GossipNodeBuilder bindPort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("bindPort must be 0 to 65535, but was " + port);
    }
    this.bindPort = port;
    return this;
  }

  /** How many ports to try from the first on when it is taken; 1 unless set. */
  public GossipNodeBuilder portAttempts(int attempts) {
    if (attempts < 1 || attempts > 1000) {
      throw new IllegalArgumentException("portAttempts must be 1 to 1000, but was " + attempts);
    }
    this.portAttempts = attempts;
    return this;
  }

  /** Which address to announce. */
  public GossipNodeBuilder address(AddressPreference preference) {
    this.address = preference;
    return this;
  }

  /** What carries the packets; {@link TransportType#AUTO} unless set. */
  public GossipNodeBuilder transport(TransportType type) {
    this.transport = type;
    return this;
  }

  /** Where to ask for the cluster, each as {@code host[:port]}; see {@link Seed#parse}. */
  public GossipNodeBuilder seeds(String... hosts) {
    return seeds(Arrays.stream(hosts).map(s -> Seed.parse(s, GossipNode.DEFAULT_PORT)).toList());
  }

  /** Where to ask for the cluster. */
  public GossipNodeBuilder seeds(List<Seed> list) {
    this.seeds = List.copyOf(list);
    return this;
  }

  /** Failure domain it runs in, at most 64 bytes; none unless set. */
  public GossipNodeBuilder zone(String name) {
    boolean plain = name.chars().noneMatch(Character::isISOControl);
    if (!plain || name.getBytes(StandardCharsets.UTF_8).length > Member.MAX_ZONE_BYTES) {
      throw new IllegalArgumentException(
          "zone must have at most "
              + Member.MAX_ZONE_BYTES
              + " bytes and no control characters, but was '"
              + name
              + "'");
    }
    this.zone = name;
    return this;
  }

  /** State to start with. */
  public GossipNodeBuilder state(Map<String, String> initial) {
    this.state = new TreeMap<>(initial);
    return this;
  }

  /** Numbers of the protocol; {@link SwimConfig#lan()} unless set. */
  public GossipNodeBuilder swim(SwimConfig config) {
    this.swim = config;
    return this;
  }

  /** Events that may wait for one listener; 10,000 unless set. */
  public GossipNodeBuilder eventQueueCapacity(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "eventQueueCapacity must be positive, but was " + capacity);
    }
    this.eventQueueCapacity = capacity;
    return this;
  }

  /** Protects packets with keys that all members share; {@code null}, the default, for none. */
  public GossipNodeBuilder encryption(@Nullable Encryption protection) {
    this.encryption = protection;
    return this;
  }

  /** Protects streams with TLS; {@code null}, the default, for none. */
  public GossipNodeBuilder tls(@Nullable Tls protection) {
    this.tls = protection;
    return this;
  }

  /**
   * Signs what the node says of itself, and holds others to it; {@code null}, the default, for not.
   */
  public GossipNodeBuilder signing(@Nullable Signing identity) {
    this.signing = identity;
    return this;
  }

  /** Whom to have among the members; {@code null}, the default, for everybody. */
  public GossipNodeBuilder memberFilter(@Nullable MemberFilter wanted) {
    this.filter = wanted;
    return this;
  }

  /**
   * Networks whose addresses may talk to this node, as {@code 10.0.0.0/8}; all unless set. Packets
   * and streams from elsewhere are dropped unread, and counted.
   */
  public GossipNodeBuilder allowedNetworks(List<String> networks) {
    this.allowedNetworks = List.copyOf(networks);
    return this;
  }

  /**
   * The node, not started.
   *
   * @throws IllegalArgumentException if the initial state or the name of the cluster exceeds a
   *     limit, if one of the allowed networks is none, or if a packet's budget leaves too little
   *     beside its encryption
   */
  public GossipNode build() {
    return new GossipNode(this);
  }

  static NodeId randomId() {
    SecureRandom random = new SecureRandom();
    StringBuilder name = new StringBuilder("node-");
    for (int i = 0; i < ID_LENGTH; i++) {
      name.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
    }
    return new NodeId(name.toString());
  }
}

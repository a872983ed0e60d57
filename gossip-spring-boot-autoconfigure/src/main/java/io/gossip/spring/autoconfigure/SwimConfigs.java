package io.gossip.spring.autoconfigure;

import io.gossip.spring.GossipProperties;
import io.gossip.spring.GossipSwimProperties;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimConfigBuilder;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.util.unit.DataSize;

/** The numbers of the protocol, from the profile and what the properties say otherwise. */
final class SwimConfigs {

  /** Names that are not {@code gossip.swim.} and the hyphenated name in the config. */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("cluster", "gossip.cluster-name"),
          Map.entry("relays", "gossip.swim.indirect-probes"),
          Map.entry("streamPing", "gossip.swim.tcp-fallback-probe"),
          Map.entry("watchLinks", "gossip.swim.watch-links"),
          Map.entry("fanout", "gossip.swim.gossip-fanout"),
          Map.entry("mode", "gossip.swim.gossip-mode"),
          Map.entry("maxPacketSize", "gossip.transport.max-packet-size"),
          Map.entry("joinTimeout", "gossip.join.timeout"),
          Map.entry("joinRetryInitial", "gossip.join.retry-initial"),
          Map.entry("joinRetryMax", "gossip.join.retry-max"),
          Map.entry("leaveTimeout", "gossip.shutdown.leave-timeout"),
          Map.entry("departedRetention", "gossip.swim.dead-retention"),
          Map.entry("tombstoneRetention", "gossip.swim.tombstone-timeout"));

  private static final Pattern COMPLAINT =
      Pattern.compile("(?<name>\\w+) (?<rule>must .*), but was (?<value>.*)", Pattern.DOTALL);
  private static final Pattern OTHER_NAME = Pattern.compile("\\b[a-z]+(?:[A-Z][a-z]+)+\\b");

  private SwimConfigs() {}

  /**
   * The numbers.
   *
   * @throws InvalidGossipPropertyException if one cannot be
   */
  static SwimConfig of(GossipProperties gossip, GossipSwimProperties swim) {
    SwimConfigBuilder builder = profile(gossip.profile()).toBuilder();
    builder.cluster(gossip.clusterName());
    PropertyMapper map = PropertyMapper.get();
    map.from(swim::probeInterval).to(builder::probeInterval);
    map.from(swim::probeTimeout).to(builder::probeTimeout);
    map.from(swim::probeTimeoutFloor).to(builder::probeTimeoutFloor);
    map.from(swim::indirectProbes).to(builder::relays);
    map.from(swim::tcpFallbackProbe).to(builder::streamPing);
    map.from(swim::watchLinks).to(builder::watchLinks);
    map.from(swim::suspicionMultiplier).to(builder::suspicionMultiplier);
    map.from(swim::suspicionMaxMultiplier).to(builder::suspicionMaxMultiplier);
    map.from(swim::confirmations).to(builder::confirmations);
    map.from(swim::unresponsiveFloor).to(builder::unresponsiveFloor);
    map.from(swim::maxLocalHealth).to(builder::maxLocalHealth);
    map.from(swim::deafHold).to(builder::deafHold);
    map.from(swim::deathShare).to(builder::deathShare);
    map.from(swim::partitionHold).to(builder::partitionHold);
    map.from(swim::gossipInterval).to(builder::gossipInterval);
    map.from(swim::eagerInterval).to(builder::eagerInterval);
    map.from(swim::eagerRounds).to(builder::eagerRounds);
    map.from(swim::gossipFanout).to(builder::fanout);
    map.from(swim::crossZoneShare).to(builder::crossZoneShare);
    map.from(swim::retransmitMultiplier).to(builder::retransmitMultiplier);
    map.from(swim::gossipMode).to(builder::mode);
    map.from(swim::bandwidth)
        .as(size -> bytes("gossip.swim.bandwidth", size))
        .to(builder::bandwidth);
    map.from(swim::syncInterval).to(builder::syncInterval);
    map.from(swim::reconnectInterval).to(builder::reconnectInterval);
    map.from(swim::maxJoins).to(builder::maxJoins);
    map.from(swim::deadRetention).to(builder::departedRetention);
    map.from(swim::tombstoneTimeout).to(builder::tombstoneRetention);
    map.from(swim::maxMembers).to(builder::maxMembers);
    map.from(swim::maxTombstones).to(builder::maxTombstones);
    map.from(swim::trailLength).to(builder::trailLength);
    map.from(gossip.transport()::maxPacketSize)
        .as(size -> bytes("gossip.transport.max-packet-size", size))
        .to(builder::maxPacketSize);
    map.from(gossip.join()::timeout).to(builder::joinTimeout);
    map.from(gossip.join()::retryInitial).to(builder::joinRetryInitial);
    map.from(gossip.join()::retryMax).to(builder::joinRetryMax);
    map.from(gossip.shutdown()::leaveTimeout).to(builder::leaveTimeout);
    return build(builder);
  }

  private static SwimConfig profile(GossipProperties.Profile profile) {
    return switch (profile) {
      case LOCAL -> SwimConfig.local();
      case LAN -> SwimConfig.lan();
      case WAN -> SwimConfig.wan();
    };
  }

  private static int bytes(String property, DataSize size) {
    if (size.toBytes() > Integer.MAX_VALUE) {
      throw new InvalidGossipPropertyException(property, size, "must be less than 2GB");
    }
    return (int) size.toBytes();
  }

  private static SwimConfig build(SwimConfigBuilder builder) {
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      Matcher complaint = COMPLAINT.matcher(String.valueOf(e.getMessage()));
      if (!complaint.matches()) {
        throw e;
      }
      InvalidGossipPropertyException named =
          new InvalidGossipPropertyException(
              property(complaint.group("name")),
              complaint.group("value"),
              OTHER_NAME
                  .matcher(complaint.group("rule"))
                  .replaceAll(other -> property(other.group())));
      named.initCause(e);
      throw named;
    }
  }

  /** The property that sets a number. */
  static String property(String component) {
    String known = PROPERTIES.get(component);
    if (known != null) {
      return known;
    }
    StringBuilder hyphenated = new StringBuilder("gossip.swim.");
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      if (Character.isUpperCase(c)) {
        hyphenated.append('-').append(Character.toLowerCase(c));
      } else {
        hyphenated.append(c);
      }
    }
    return hyphenated.toString();
  }
}

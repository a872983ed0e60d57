package io.gossip.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.spring.GossipProperties;
import io.gossip.spring.GossipSwimProperties;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import io.gossip.swim.GossipMode;
import io.gossip.swim.SwimConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class SwimConfigsTest {

  private final MockEnvironment environment = new MockEnvironment();

  @Test
  void nothingSetIsTheProfile() {
    assertThat(config()).isEqualTo(SwimConfig.lan());
    environment.setProperty("gossip.profile", "wan");
    assertThat(config()).isEqualTo(SwimConfig.wan());
    environment.setProperty("gossip.profile", "local");
    assertThat(config()).isEqualTo(SwimConfig.local());
  }

  @Test
  void everyPropertyReachesItsNumber() {
    environment
        .withProperty("gossip.cluster-name", "shop")
        .withProperty("gossip.swim.probe-interval", "2s")
        .withProperty("gossip.swim.probe-timeout", "700ms")
        .withProperty("gossip.swim.probe-timeout-floor", "60ms")
        .withProperty("gossip.swim.indirect-probes", "4")
        .withProperty("gossip.swim.tcp-fallback-probe", "false")
        .withProperty("gossip.swim.watch-links", "2")
        .withProperty("gossip.swim.suspicion-multiplier", "3.5")
        .withProperty("gossip.swim.suspicion-max-multiplier", "5")
        .withProperty("gossip.swim.confirmations", "1")
        .withProperty("gossip.swim.unresponsive-floor", "11s")
        .withProperty("gossip.swim.max-local-health", "8")
        .withProperty("gossip.swim.deaf-hold", "31s")
        .withProperty("gossip.swim.death-share", "0.3")
        .withProperty("gossip.swim.partition-hold", "6m")
        .withProperty("gossip.swim.gossip-interval", "300ms")
        .withProperty("gossip.swim.eager-interval", "30ms")
        .withProperty("gossip.swim.eager-rounds", "51")
        .withProperty("gossip.swim.gossip-fanout", "5")
        .withProperty("gossip.swim.cross-zone-share", "0.4")
        .withProperty("gossip.swim.retransmit-multiplier", "6")
        .withProperty("gossip.swim.gossip-mode", "push")
        .withProperty("gossip.transport.max-packet-size", "1300B")
        .withProperty("gossip.swim.bandwidth", "32KB")
        .withProperty("gossip.swim.sync-interval", "600ms")
        .withProperty("gossip.swim.reconnect-interval", "12s")
        .withProperty("gossip.join.timeout", "6s")
        .withProperty("gossip.join.retry-initial", "1s")
        .withProperty("gossip.join.retry-max", "40s")
        .withProperty("gossip.swim.max-joins", "17")
        .withProperty("gossip.shutdown.leave-timeout", "4s")
        .withProperty("gossip.swim.dead-retention", "2h")
        .withProperty("gossip.swim.tombstone-timeout", "48h")
        .withProperty("gossip.swim.max-members", "100")
        .withProperty("gossip.swim.max-tombstones", "101")
        .withProperty("gossip.swim.trail-length", "9");
    SwimConfig expected =
        SwimConfig.lan().toBuilder()
            .cluster("shop")
            .probeInterval(Duration.ofSeconds(2))
            .probeTimeout(Duration.ofMillis(700))
            .probeTimeoutFloor(Duration.ofMillis(60))
            .relays(4)
            .streamPing(false)
            .watchLinks(2)
            .suspicionMultiplier(3.5)
            .suspicionMaxMultiplier(5)
            .confirmations(1)
            .unresponsiveFloor(Duration.ofSeconds(11))
            .maxLocalHealth(8)
            .deafHold(Duration.ofSeconds(31))
            .deathShare(0.3)
            .partitionHold(Duration.ofMinutes(6))
            .gossipInterval(Duration.ofMillis(300))
            .eagerInterval(Duration.ofMillis(30))
            .eagerRounds(51)
            .fanout(5)
            .crossZoneShare(0.4)
            .retransmitMultiplier(6)
            .mode(GossipMode.PUSH)
            .maxPacketSize(1300)
            .bandwidth(32 * 1024)
            .syncInterval(Duration.ofMillis(600))
            .reconnectInterval(Duration.ofSeconds(12))
            .joinTimeout(Duration.ofSeconds(6))
            .joinRetryInitial(Duration.ofSeconds(1))
            .joinRetryMax(Duration.ofSeconds(40))
            .maxJoins(17)
            .leaveTimeout(Duration.ofSeconds(4))
            .departedRetention(Duration.ofHours(2))
            .tombstoneRetention(Duration.ofHours(48))
            .maxMembers(100)
            .maxTombstones(101)
            .trailLength(9)
            .build();
    assertThat(config()).isEqualTo(expected);
  }

  @Test
  void everyNumberHasAPropertyThatTheMetadataDescribes() throws IOException {
    String metadata;
    try (InputStream in =
        getClass()
            .getClassLoader()
            .getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
      metadata = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(
            Arrays.stream(SwimConfig.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !name.equals("rules")) // for experiments only
                .filter(name -> !name.endsWith("Overhead"))) // which the node knows itself
        .allSatisfy(
            name -> assertThat(metadata).contains("\"" + SwimConfigs.property(name) + "\""));
  }

  @Test
  void aNumberThatCannotBeIsToldByTheNameOfItsProperty() {
    environment.setProperty("gossip.swim.probe-interval", "100ms");
    assertThatThrownBy(this::config)
        .isInstanceOfSatisfying(
            InvalidGossipPropertyException.class,
            e -> {
              assertThat(e.property()).isEqualTo("gossip.swim.probe-interval");
              assertThat(e.value()).isEqualTo("PT0.1S");
              assertThat(e.rule()).isEqualTo("must exceed gossip.swim.probe-timeout (PT0.5S)");
            });
  }

  @Test
  void aNumberWithAnotherNameIsToldByTheNameOfItsProperty() {
    environment.setProperty("gossip.swim.indirect-probes", "99");
    assertThatThrownBy(this::config)
        .isInstanceOf(InvalidGossipPropertyException.class)
        .hasMessage("gossip.swim.indirect-probes must be 0 to 16, but was '99'");
  }

  private SwimConfig config() {
    Binder binder = Binder.get(environment);
    return SwimConfigs.of(
        binder.bindOrCreate("gossip", GossipProperties.class),
        binder.bindOrCreate("gossip.swim", GossipSwimProperties.class));
  }
}

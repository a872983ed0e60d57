package io.gossip.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.GossipStartException;
import io.gossip.PortInUseException;
import io.gossip.spring.service.ServiceRecord;
import io.gossip.swim.Seed;
import io.gossip.swim.SwimReport.SeedReport;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ApplicationContextException;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class FailureAnalyzersTest {

  /** Some of Spring Boot's own want a bean factory. */
  private static final FailureHandler OTHERS_NEED_MORE =
      (type, name, failure) -> assertThat(name).doesNotStartWith("io.gossip");

  @Test
  void aTakenPortIsNamedWithWhatCanBeDone() {
    FailureAnalysis analysis =
        analyze(new PortInUseException(7946, 1, new BindException("in use")));
    assertThat(analysis.getDescription()).contains("7946", "gossip.bind.port");
    assertThat(analysis.getAction()).contains("gossip.bind.port-attempts", "ss -lntup");
  }

  @Test
  void aNodeThatCannotStartSaysWhy() {
    FailureAnalysis analysis =
        analyze(new GossipStartException("no address to announce", new BindException("x")));
    assertThat(analysis.getDescription()).contains("no address to announce");
    assertThat(analysis.getAction()).contains("gossip.advertise.host");
  }

  @Test
  void eachSeedIsToldWithItsProblem() {
    List<SeedReport> seeds =
        List.of(
            new SeedReport(new Seed("nowhere.test", 7946), List.of(), false, null, "unknown host"),
            new SeedReport(
                new Seed("10.0.0.1", 7946),
                List.of(InetSocketAddress.createUnresolved("10.0.0.1", 7946)),
                false,
                null,
                "connection refused"),
            new SeedReport(new Seed("10.0.0.2", 7946), List.of(), null, null, null));
    FailureAnalysis analysis =
        analyze(
            new SeedsUnreachableException(
                seeds, Duration.ofSeconds(5), 1, 2, List.of("10.0.0.1 has other keys")));
    assertThat(analysis.getDescription())
        .contains("5000 ms")
        .contains("nowhere.test:7946 (no address): unknown host")
        .contains("10.0.0.1:7946")
        .contains("connection refused")
        .contains("has not answered yet")
        .contains("10.0.0.1 has other keys");
    assertThat(analysis.getAction())
        .contains("gossip.seeds", "gossip.cluster-name", "gossip.encryption.keys")
        .contains("gossip.ssl.bundle", "gossip.security.allowed-networks")
        .contains("gossip.join.fail-fast");
  }

  @Test
  void aNameThatIsNoHostIsGivenABetterOne() {
    FailureAnalysis analysis =
        analyze(new InvalidServiceIdException("Order_App", "spring.application.name"));
    assertThat(analysis.getDescription()).contains("\"Order_App\"", "spring.application.name");
    assertThat(analysis.getAction()).contains("\"order-app\"");
  }

  @Test
  void proposalsCanBeServiceIds() {
    for (String name :
        List.of("_x_", "a..b", "Größe", "a_-_.b", "-", "ü", "a b c", "x".repeat(300))) {
      String proposal = new InvalidServiceIdException(name, "p").proposal();
      assertThat(ServiceRecord.isServiceId(proposal)).as("%s for %s", proposal, name).isTrue();
    }
  }

  @Test
  void aDuplicateNodeIdIsNamed() {
    FailureAnalysis analysis = analyze(new DuplicateNodeIdException("orders-1", "shop"));
    assertThat(analysis.getDescription()).contains("orders-1", "shop");
    assertThat(analysis.getAction()).contains("gossip.node-id");
  }

  @Test
  void oversizeMetadataIsToldWithSizeAndLimit() {
    FailureAnalysis analysis =
        analyze(
            new MetadataTooLargeException(
                "gossip.instance.metadata.note", "value", 1025, 1024, "bytes"));
    assertThat(analysis.getDescription())
        .contains("gossip.instance.metadata.note", "1025 bytes", "1024");
  }

  @Test
  void aValueThatCannotBeIsToldWithPropertyAndRule() {
    FailureAnalysis analysis =
        analyze(
            new InvalidGossipPropertyException("gossip.bind.port", 70_000, "must be 0 to 65535"));
    assertThat(analysis.getDescription())
        .isEqualTo("Property \"gossip.bind.port\" must be 0 to 65535, but its value is \"70000\".");
  }

  @Test
  void whoHasNoGoodKeyIsToldHowToMakeOne() {
    FailureAnalysis analysis =
        analyze(
            new InvalidGossipPropertyException(
                "gossip.encryption.keys[0]", "******", "cannot be: it has 6 bytes"));
    assertThat(analysis.getDescription()).contains("gossip.encryption.keys[0]", "6 bytes");
    assertThat(analysis.getAction()).contains("base64");
  }

  /** As Spring Boot does it: the first that knows the failure, which comes wrapped. */
  private static FailureAnalysis analyze(Exception failure) {
    Exception wrapped = new ApplicationContextException("Failed to start bean", failure);
    FailureAnalysis found = null;
    for (FailureAnalyzer analyzer :
        SpringFactoriesLoader.forDefaultResourceLocation(
                FailureAnalyzersTest.class.getClassLoader())
            .load(FailureAnalyzer.class, OTHERS_NEED_MORE)) {
      if (analyzer.getClass().getName().startsWith("io.gossip") && found == null) {
        found = analyzer.analyze(wrapped);
      }
    }
    return Objects.requireNonNull(found);
  }
}

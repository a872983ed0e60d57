package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.PortInUseException;
import io.gossip.spring.Cluster;
import io.gossip.spring.diagnostics.SeedsUnreachableException;
import io.gossip.spring.event.GossipConflictEvent;
import io.gossip.spring.registry.GossipRegistration;
import io.gossip.swim.SwimReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class StartUpTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  @Timeout(60)
  void startUpDoesNotWaitForSeedsThatDoNotAnswer() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ConfigurableApplicationContext shop =
          cluster.plain(
              "shop", "gossip.seeds=127.0.0.1:" + mute.getLocalPort(), "gossip.join.timeout=10m");
      assertThat(Cluster.node(shop).phase()).isIn(SwimReport.Phase.JOINING, SwimReport.Phase.ALONE);
      assertThat(Cluster.report(shop).swim().seeds())
          .extracting(SwimReport.SeedReport::reachable)
          .as("still being tried")
          .containsOnlyNulls();
    }
  }

  @Test
  void aNodeThatFindsNobodySaysSoInItsHealth() throws IOException {
    try (RefusingPort nobody = new RefusingPort()) {
      ConfigurableApplicationContext shop =
          cluster.plain(
              "shop",
              "gossip.seeds=127.0.0.1:" + nobody.number(),
              "gossip.health.isolated-status=out-of-service");
      HealthIndicator health = shop.getBean("gossipHealthIndicator", HealthIndicator.class);
      assertThat(health.health()).extracting(Health::getStatus).isEqualTo(Status.OUT_OF_SERVICE);
    }
  }

  @Test
  void withFailFastAStartWithoutTheClusterFailsAndSaysWhy() throws IOException {
    try (RefusingPort nobody = new RefusingPort()) {
      Throwable failure =
          catchThrowable(
              () ->
                  cluster.plain(
                      "shop",
                      "gossip.seeds=127.0.0.1:" + nobody.number(),
                      "gossip.join.fail-fast=true",
                      "gossip.join.startup-timeout=2s")); // for the seed to have refused by then
      SeedsUnreachableException cause = cause(failure, SeedsUnreachableException.class);
      assertThat(cause.seeds()).hasSize(1);
      assertThat(cause.seeds().get(0).problem()).isNotBlank();
    }
  }

  @Test
  void aStartThatWaitsGoesOnAsSoonAsTheClusterIsFound() {
    cluster.plain("stock");
    ConfigurableApplicationContext shop =
        cluster.plain("shop", "gossip.join.fail-fast=true", "gossip.join.startup-timeout=1m");
    assertThat(Cluster.node(shop).members().members()).hasSize(2);
  }

  @Test
  void ofTwoProcessesWithOneNameTheOlderStepsBackAndIsDown() {
    cluster.plain("seed");
    ConfigurableApplicationContext older =
        cluster.plain(Recorder.class, "stock", "gossip.node-id=twin");
    Cluster.awaitMembers(older, 2);
    ConfigurableApplicationContext newer =
        cluster.plain(
            "stock",
            "gossip.node-id=twin",
            "gossip.join.fail-fast=true",
            "gossip.join.startup-timeout=1m");
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> Cluster.node(older).phase() == SwimReport.Phase.CONFLICT);
    HealthIndicator health = older.getBean("gossipHealthIndicator", HealthIndicator.class);
    await()
        .atMost(Cluster.PATIENCE)
        .untilAsserted(
            () -> assertThat(health.health()).extracting(Health::getStatus).isEqualTo(Status.DOWN));
    Recorder seen = older.getBean(Recorder.class);
    await().atMost(Cluster.PATIENCE).until(() -> !seen.of(GossipConflictEvent.class).isEmpty());
    assertThat(Cluster.node(newer).phase()).isEqualTo(SwimReport.Phase.JOINED);
  }

  @Test
  void aPortThatIsTakenFailsTheStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Throwable failure =
          catchThrowable(() -> cluster.plain("shop", "gossip.bind.port=" + taken.getLocalPort()));
      assertThat(cause(failure, PortInUseException.class).port()).isEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void aHealthGroupDecidesWhetherTheServiceIsCalled() {
    ConfigurableApplicationContext stock =
        cluster.web(
            WithHealth.class,
            "stock",
            "management.endpoint.health.group.calls.include=switch",
            "gossip.status.health-group=calls",
            "gossip.status.health-interval=20ms");
    Cluster.awaitInstances(stock, "stock", 1);
    AtomicReference<Health> health = stock.getBean(WithHealth.class).health;
    health.set(Health.down().build());
    Cluster.awaitInstances(stock, "stock", 0);
    assertThat(Cluster.node(stock).state()).containsEntry("service.status", "DOWN");
    health.set(Health.up().build());
    Cluster.awaitInstances(stock, "stock", 1);
  }

  @Test
  void registrationLifecyclesAreCalledAroundTheAnnouncement() {
    ConfigurableApplicationContext stock = cluster.web(Calls.class, "stock");
    Calls calls = stock.getBean(Calls.class);
    assertThat(calls.made).containsExactly("before start 0 keys", "after start");
    assertThat(Cluster.node(stock).state()).containsEntry("meta.colour", "blue");
    stock.close();
    assertThat(calls.made)
        .containsExactly("before start 0 keys", "after start", "before stop", "after stop LEAVING");
  }

  private static <T extends Throwable> T cause(@Nullable Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    throw new AssertionError("no " + type.getSimpleName(), failure);
  }

  @Configuration(proxyBeanMethods = false)
  static class WithHealth {

    private final AtomicReference<Health> health = new AtomicReference<>(Health.up().build());

    @Bean
    HealthIndicator switchHealthIndicator() {
      return health::get;
    }
  }

  static final class Calls implements RegistrationLifecycle<GossipRegistration> {

    private final GossipNode node;
    private final List<String> made = new CopyOnWriteArrayList<>();

    Calls(GossipNode node) {
      this.node = node;
    }

    @Override
    public void postProcessBeforeStartRegister(GossipRegistration registration) {
      registration.getMetadata().put("colour", "blue");
      made.add("before start " + node.state().size() + " keys");
    }

    @Override
    public void postProcessAfterStartRegister(GossipRegistration registration) {
      made.add("after start");
    }

    @Override
    public void postProcessBeforeStopRegister(GossipRegistration registration) {
      made.add("before stop");
    }

    @Override
    public void postProcessAfterStopRegister(GossipRegistration registration) {
      made.add("after stop " + node.state().get("service.status"));
    }
  }
}

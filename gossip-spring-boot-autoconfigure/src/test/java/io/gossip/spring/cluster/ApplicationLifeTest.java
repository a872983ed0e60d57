package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.membership.NodeId;
import io.gossip.spring.Cluster;
import io.gossip.spring.event.GossipClusterJoinedEvent;
import io.gossip.spring.event.GossipEvent;
import io.gossip.spring.event.GossipMemberEvent;
import io.gossip.spring.event.GossipNodeStartedEvent;
import io.gossip.spring.event.MemberFailedEvent;
import io.gossip.spring.event.MemberJoinedEvent;
import io.gossip.spring.event.MemberLeftEvent;
import io.gossip.spring.event.MemberRestartedEvent;
import io.gossip.spring.event.MemberStatusChangedEvent;
import io.gossip.spring.event.MembersChangedEvent;
import io.gossip.spring.event.ServiceInstancesChangedEvent;
import io.gossip.spring.lifecycle.GossipLeaveLifecycle;
import io.gossip.spring.service.GossipInstance;
import io.gossip.spring.service.GossipServices;
import io.gossip.spring.service.ServiceRecord;
import io.gossip.spring.service.ServiceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.cloud.client.discovery.event.InstancePreRegisteredEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

class ApplicationLifeTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aServiceIsAnnouncedStartingAndCalledOnlyWhenReady() {
    ConfigurableApplicationContext watcher = cluster.plain(Recorder.class, "watcher");
    Recorder seen = watcher.getBean(Recorder.class);
    ConfigurableApplicationContext stock = cluster.web(Recorder.class, "stock");
    Cluster.awaitInstances(watcher, "stock", 1);
    assertThat(record(watcher, stock).port()).isEqualTo(Cluster.webPort(stock));
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> !seen.of(ServiceInstancesChangedEvent.class).isEmpty());
    assertThat(seen.gossip)
        .filteredOn(event -> !(event instanceof GossipMemberEvent member && member.local()))
        .filteredOn(event -> !(event instanceof MembersChangedEvent))
        .extracting(event -> (Object) event.getClass())
        .startsWith(
            GossipNodeStartedEvent.class, MemberJoinedEvent.class, GossipClusterJoinedEvent.class);
    List<ServiceInstancesChangedEvent> changes = seen.of(ServiceInstancesChangedEvent.class);
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).added()).hasSize(1);
    await()
        .atMost(Cluster.PATIENCE)
        .until(
            () ->
                seen.of(MembersChangedEvent.class).stream()
                    .flatMap(batch -> batch.services().stream())
                    .anyMatch(change -> change.added().size() == 1));
    assertThat(stock.getBean(Recorder.class).registration)
        .extracting(event -> (Object) event.getClass())
        .containsExactly(InstancePreRegisteredEvent.class, InstanceRegisteredEvent.class);
  }

  @Test
  void anApplicationWithoutAWebServerIsAMemberThatIsNotCalled() {
    ConfigurableApplicationContext stock = cluster.web(Recorder.class, "stock");
    ConfigurableApplicationContext jobs = cluster.plain(Recorder.class, "jobs");
    Cluster.awaitMembers(stock, 2);
    await()
        .atMost(Cluster.PATIENCE)
        .until(
            () ->
                instance(stock, jobs) != null && record(stock, jobs).status() == ServiceStatus.UP);
    assertThat(Cluster.instances(stock, "jobs")).isEmpty();
    assertThat(record(stock, jobs).port()).isZero();
  }

  @Test
  void readinessTakesTheServiceOutOfRotationAndBack() {
    ConfigurableApplicationContext shop = cluster.plain(Recorder.class, "shop");
    ConfigurableApplicationContext stock = cluster.web(Recorder.class, "stock");
    Cluster.awaitInstances(shop, "stock", 1);
    AvailabilityChangeEvent.publish(stock, ReadinessState.REFUSING_TRAFFIC);
    Cluster.awaitInstances(shop, "stock", 0);
    assertThat(record(shop, stock).status()).isEqualTo(ServiceStatus.OUT_OF_SERVICE);
    AvailabilityChangeEvent.publish(stock, ReadinessState.ACCEPTING_TRAFFIC);
    Cluster.awaitInstances(shop, "stock", 1);
    Recorder seen = shop.getBean(Recorder.class);
    await()
        .atMost(Cluster.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(seen.of(MemberStatusChangedEvent.class))
                    .filteredOn(event -> !event.local())
                    .extracting(MemberStatusChangedEvent::to)
                    .endsWith(ServiceStatus.UP, ServiceStatus.OUT_OF_SERVICE, ServiceStatus.UP));
  }

  @Test
  void callersAreToldBeforeTheWebServerStopsAndItAnswersMeanwhile() {
    Duration drainDelay = Duration.ofMillis(500);
    ConfigurableApplicationContext shop = cluster.plain(Recorder.class, "shop");
    ConfigurableApplicationContext stock =
        cluster.web(
            Drained.class, "stock", "gossip.shutdown.drain-delay=" + drainDelay.toMillis() + "ms");
    Cluster.awaitInstances(shop, "stock", 1);
    String url = "http://127.0.0.1:" + Cluster.webPort(stock) + "/nothing-here";
    RestClient client =
        RestClient.builder()
            .requestFactory(new SimpleClientHttpRequestFactory()) // closes with nobody's context
            .defaultStatusHandler(s -> true, (q, r) -> {})
            .build();
    Drained drained = stock.getBean(Drained.class);
    long start = System.nanoTime();
    CompletableFuture<Void> closed = CompletableFuture.runAsync(stock::close);
    Cluster.awaitInstances(shop, "stock", 0);
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> record(shop, stock).status() == ServiceStatus.LEAVING);
    do {
      assertThat(client.get().uri(url).retrieve().toBodilessEntity().getStatusCode().value())
          .isEqualTo(404);
    } while (!drained.at.isDone());
    assertThat(Duration.ofNanos(drained.at.join() - start)).isGreaterThanOrEqualTo(drainDelay);
    assertThat(client.get().uri(url).retrieve().toBodilessEntity().getStatusCode().value())
        .as("all that time")
        .isEqualTo(404);
    drained.goOn.complete(null);
    assertThat(closed).succeedsWithin(Cluster.PATIENCE);
    Recorder seen = shop.getBean(Recorder.class);
    await().atMost(Cluster.PATIENCE).until(() -> !seen.of(MemberLeftEvent.class).isEmpty());
    assertThat(seen.of(MemberStatusChangedEvent.class))
        .filteredOn(event -> !event.local())
        .extracting(MemberStatusChangedEvent::to)
        .endsWith(ServiceStatus.LEAVING);
  }

  @Test
  void stoppedAndStartedAgainItIsTheSameMemberAndIsCalledAgain() {
    ConfigurableApplicationContext shop = cluster.plain(Recorder.class, "shop");
    ConfigurableApplicationContext stock = cluster.web(Recorder.class, "stock");
    Cluster.awaitInstances(shop, "stock", 1);
    NodeId id = Cluster.node(stock).id();
    stock.stop();
    Cluster.awaitInstances(shop, "stock", 0);
    assertThat(Cluster.node(stock).isRunning()).isFalse();
    stock.start();
    Cluster.awaitInstances(shop, "stock", 1);
    assertThat(Cluster.node(stock).id()).isEqualTo(id);
    assertThat(record(shop, stock).port()).isEqualTo(Cluster.webPort(stock));
    Recorder seen = shop.getBean(Recorder.class);
    await()
        .atMost(Cluster.PATIENCE)
        .until(
            () ->
                !seen.of(MemberRestartedEvent.class).isEmpty()
                    || seen.of(MemberJoinedEvent.class).size() == 2);
  }

  @Test
  void pausedAndRestartedItIsCalledOnTheSamePort() {
    ConfigurableApplicationContext shop = cluster.plain(Recorder.class, "shop");
    ConfigurableApplicationContext stock = cluster.web(Recorder.class, "stock");
    Cluster.awaitInstances(shop, "stock", 1);
    int port = Cluster.webPort(stock);
    stock.pause();
    Cluster.awaitInstances(shop, "stock", 0);
    stock.restart();
    Cluster.awaitInstances(shop, "stock", 1);
    assertThat(record(shop, stock).port()).isEqualTo(port);
  }

  @Test
  void closedAndStartedAnewInOneProcessAsDevToolsDoesItIsBackAndLeavesNoThreadBehind() {
    ConfigurableApplicationContext shop = cluster.plain(Recorder.class, "shop");
    for (int start = 0; start < 3; start++) {
      ConfigurableApplicationContext stock =
          cluster.web(Recorder.class, "stock", "gossip.node-id=stock-1");
      Cluster.awaitInstances(shop, "stock", 1);
      assertThat(gossipThreads("stock-1")).isNotEmpty();
      stock.close();
      Cluster.awaitInstances(shop, "stock", 0);
      await().atMost(Cluster.PATIENCE).until(() -> gossipThreads("stock-1").isEmpty());
    }
    Recorder seen = shop.getBean(Recorder.class);
    await().atMost(Cluster.PATIENCE).until(() -> seen.of(MemberLeftEvent.class).size() == 3);
    assertThat(seen.of(MemberFailedEvent.class)).isEmpty();
  }

  private static List<String> gossipThreads(String node) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("gossip-" + node))
        .toList();
  }

  @Test
  void theHeartbeatFollowsTheServicesAndNothingElse() {
    ConfigurableApplicationContext shop = cluster.plain(Recorder.class, "shop");
    Recorder seen = shop.getBean(Recorder.class);
    assertThat(seen.heartbeats).isEmpty();
    ConfigurableApplicationContext stock = cluster.web(Recorder.class, "stock");
    await().atMost(Cluster.PATIENCE).until(() -> seen.heartbeats.size() == 1);
    cluster.plain(Recorder.class, "jobs");
    Cluster.awaitMembers(shop, 3);
    await()
        .during(Duration.ofMillis(500))
        .atMost(Cluster.PATIENCE)
        .until(() -> seen.heartbeats.size() == 1);
    stock.close();
    await().atMost(Cluster.PATIENCE).until(() -> seen.heartbeats.size() == 2);
    assertThat(seen.heartbeats).extracting(event -> event.getValue()).doesNotHaveDuplicates();
  }

  @Test
  void theManagementPortIsAnnouncedAndIsNotTheServices() {
    ConfigurableApplicationContext stock =
        cluster.web(Recorder.class, "stock", "management.server.port=0");
    GossipNode node = Cluster.node(stock);
    assertThat(node.state())
        .containsEntry("service.port", Integer.toString(Cluster.webPort(stock)));
    assertThat(node.state().get("meta.management.port"))
        .isNotNull()
        .isNotEqualTo(Integer.toString(Cluster.webPort(stock)));
  }

  @Test
  void nothingIsToldAfterTheContextHasBegunToClose() {
    ConfigurableApplicationContext shop = cluster.plain(Late.class, "shop");
    Late late = shop.getBean(Late.class);
    cluster.web(Recorder.class, "stock");
    Cluster.awaitInstances(shop, "stock", 1);
    shop.close();
    assertThat(late.afterClose).isEmpty();
    assertThat(late.closed).isTrue();
  }

  private static @Nullable GossipInstance instance(
      ConfigurableApplicationContext viewer, ConfigurableApplicationContext application) {
    return viewer.getBean(GossipServices.class).current().of(Cluster.node(application).id());
  }

  private static ServiceRecord record(
      ConfigurableApplicationContext viewer, ConfigurableApplicationContext application) {
    return Objects.requireNonNull(instance(viewer, application)).service();
  }

  /** Keeps a shutdown where the drain delay is over and the web server has yet to stop. */
  private static final class Drained implements SmartLifecycle {

    private final CompletableFuture<Long> at = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> goOn = new CompletableFuture<>();
    private volatile boolean running;

    @Override
    public void start() {
      running = true;
    }

    @Override
    public void stop() {
      at.complete(System.nanoTime());
      goOn.completeOnTimeout(null, Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      running = false;
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return GossipLeaveLifecycle.PHASE - 1;
    }
  }

  /** What comes when it should not any more. */
  private static final class Late implements ApplicationListener<ApplicationEvent> {

    private final List<Object> afterClose = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
      if (event instanceof ContextClosedEvent) {
        closed = true;
      } else if (closed && event instanceof GossipEvent) {
        afterClose.add(event);
      }
    }
  }
}

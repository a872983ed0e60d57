package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.membership.MemberStatus;
import io.gossip.spring.Cluster;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.event.MemberFailedEvent;
import io.gossip.spring.service.ServiceRecord;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** What operators see and do, over HTTP, on one cluster of two. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationsTest {

  private static final Cluster CLUSTER = new Cluster();

  private static ConfigurableApplicationContext shop;
  private static ConfigurableApplicationContext stock;
  private static Actuator endpoints;

  @BeforeAll
  static void start() {
    shop = CLUSTER.plain("shop");
    stock =
        CLUSTER.web(
            Recorder.class,
            "stock",
            Actuator.open(
                "management.endpoint.gossip.access=unrestricted",
                "management.info.gossip.enabled=true",
                "gossip.instance.zone=eu-1a",
                "gossip.instance.metadata.tier=gold",
                "gossip.instance.ports.grpc=9090"));
    endpoints = new Actuator(stock);
    Cluster.awaitMembers(stock, 2);
    Cluster.awaitInstances(shop, "stock", 1);
  }

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void theEndpointTellsEverything() {
    JsonNode gossip = endpoints.get("/gossip");
    assertThat(gossip.at("/self").asString()).isEqualTo(Cluster.node(stock).id().value());
    assertThat(gossip.at("/state").asString()).isEqualTo("JOINED");
    assertThat(gossip.at("/counts/alive").asInt()).isEqualTo(2);
    assertThat(gossip.at("/local/status").asString()).isEqualTo("UP");
    assertThat(gossip.at("/local/addressSource").asString()).isNotBlank();
    assertThat(gossip.at("/local/encrypted").asBoolean()).isFalse();
    assertThat(gossip.at("/seeds/0/reachable").asBoolean()).isTrue();
    assertThat(gossip.at("/seeds/0/lastContact").asString()).isNotBlank();
    assertThat(gossip.at("/services/stock").asInt()).isEqualTo(1);
    assertThat(gossip.at("/members")).hasSize(2);
    assertThat(gossip.at("/omitted/members").asInt()).isZero();
    assertThat(gossip.at("/zones")).hasSize(2);
  }

  @Test
  @Order(1)
  void theEndpointTellsOfThoseThatAreAskedFor() {
    assertThat(endpoints.get("/gossip?zone=eu-1a").at("/members/0/nodeId").asString())
        .isEqualTo(Cluster.node(stock).id().value());
    assertThat(endpoints.get("/gossip?state=left").at("/members")).isEmpty();
    JsonNode one = endpoints.get("/gossip?limit=1");
    assertThat(one.at("/members")).hasSize(1);
    assertThat(one.at("/omitted/members").asInt()).isEqualTo(1);
    assertThat(endpoints.get("/gossip?state=suspect").at("/members")).isEmpty();
    assertThat(endpoints.get("/gossip?state=failed").at("/members")).isEmpty();
    assertThat(endpoints.get("/gossip?state=&limit=").at("/members")).hasSize(2);
  }

  @Test
  @Order(1)
  void aFilterThatMakesNoSenseIsRefusedInASentence() {
    String state = "/gossip?state=asleep";
    assertThat(endpoints.status(HttpMethod.GET, state, null)).isEqualTo(400);
    assertThat(endpoints.text(HttpMethod.GET, state, null))
        .contains("state must be of [ALIVE, SUSPECT, DEAD, LEFT] or FAILED", "was 'asleep'");
    String limit = "/gossip?limit=many";
    assertThat(endpoints.status(HttpMethod.GET, limit, null)).isEqualTo(400);
    assertThat(endpoints.text(HttpMethod.GET, limit, null))
        .contains("limit must be a number", "was 'many'");
  }

  @Test
  @Order(2)
  void theEndpointTellsOneMember() {
    JsonNode member = endpoints.get("/gossip/" + Cluster.node(stock).id());
    assertThat(member.at("/state").asString()).isEqualTo("ALIVE");
    assertThat(member.at("/service/id").asString()).isEqualTo("stock");
    assertThat(member.at("/service/zone").asString()).isEqualTo("eu-1a");
    assertThat(member.at("/service/ports/grpc").asInt()).isEqualTo(9090);
    assertThat(member.at("/service/metadata/tier").asString()).isEqualTo("gold");
    assertThat(member.at("/service/uri").asString()).startsWith("http://127.0.0.1:");
    assertThat(endpoints.status(HttpMethod.GET, "/gossip/nobody", null)).isEqualTo(404);
  }

  @Test
  @Order(3)
  void healthAndInfoTellTheEssentials() {
    JsonNode health = endpoints.get("/health").at("/components/gossip");
    assertThat(health.at("/status").asString()).isEqualTo("UP");
    assertThat(health.at("/details/members").asInt()).isEqualTo(2);
    assertThat(health.at("/details/seedsReachable").asString()).isEqualTo("1/1");
    await() // a pause of this process is a point, until pings have been answered again
        .untilAsserted(
            () ->
                assertThat(
                        endpoints
                            .get("/health")
                            .at("/components/gossip/details/localHealthScore")
                            .asInt())
                    .isZero());
    JsonNode info = endpoints.get("/info").at("/gossip");
    assertThat(info.at("/members").asInt()).isEqualTo(2);
    assertThat(info.at("/node").asString()).isEqualTo(Cluster.node(stock).id().value());
  }

  @Test
  @Order(4)
  void metersCountAndNameNoMember() {
    MeterRegistry meters = stock.getBean(MeterRegistry.class);
    assertThat(meters.get("gossip.members").tag("state", "alive").gauge().value()).isEqualTo(2);
    assertThat(
            meters
                .get("gossip.network.io")
                .tags("direction", "sent", "transport", "udp")
                .functionCounter()
                .count())
        .isPositive();
    assertThat(meters.get("gossip.messages.dropped").functionCounters()).hasSizeGreaterThan(5);
    assertThat(meters.get("gossip.loadbalancer.damped").gauge().value()).isZero();
    assertThat(
            meters.get("gossip.join.attempts").tag("outcome", "accepted").functionCounter().count())
        .isEqualTo(1);
    await()
        .atMost(Cluster.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        meters
                            .get("gossip.service.instances")
                            .tags("service", "stock", "status", "up")
                            .gauge()
                            .value())
                    .isEqualTo(1));
    assertThat(meters.get("gossip.member.events").tag("type", "joined").counter().count())
        .isEqualTo(1);
    assertThat(meters.getMeters())
        .extracting(Meter::getId)
        .filteredOn(id -> id.getName().startsWith("gossip."))
        .hasSizeGreaterThan(50)
        .allSatisfy(
            id ->
                assertThat(id.getTags().toString())
                    .doesNotContain(Cluster.node(stock).id().value())
                    .doesNotContain(Cluster.node(shop).id().value()));
  }

  @Test
  @Order(5)
  void theStatusCanBeOverriddenThroughBothEndpoints() {
    for (String endpoint : new String[] {"/gossip", "/serviceregistry"}) {
      assertThat(post(endpoint, "OUT_OF_SERVICE")).isLessThan(300);
      Cluster.awaitInstances(shop, "stock", 0);
      assertThat(endpoints.get("/gossip").at("/local/statusOverride").asString())
          .isEqualTo("OUT_OF_SERVICE");
      assertThat(post(endpoint, "CANCEL_OVERRIDE")).isLessThan(300);
      Cluster.awaitInstances(shop, "stock", 1);
    }
    assertThat(post("/gossip", "SLEEPING")).isEqualTo(400);
    assertThat(endpoints.text(HttpMethod.GET, "/serviceregistry", null)).contains("UP");
  }

  @Test
  @Order(6)
  void aRefreshChangesMetadataAndWeightInPlace() {
    GossipNode node = Cluster.node(stock);
    long generation = node.members().self().generation();
    stock
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "refreshed",
                Map.of("gossip.instance.weight", "7", "gossip.instance.metadata.tier", "silver")));
    stock.publishEvent(
        new EnvironmentChangeEvent(
            stock, Set.of("gossip.instance.weight", "gossip.instance.metadata.tier")));
    await()
        .atMost(Cluster.PATIENCE)
        .untilAsserted(
            () -> {
              ServiceRecord seen =
                  ServiceRecord.read(Cluster.node(shop).members().find(node.id()).orElseThrow());
              assertThat(Objects.requireNonNull(seen).weight()).isEqualTo(7);
              assertThat(seen.metadata()).containsEntry("tier", "silver");
            });
    assertThat(node.members().self().generation()).isEqualTo(generation);
    assertThat(stock.getBean(ConfigurationPropertiesRebinder.class).getNeverRefreshable())
        .contains(GossipProperties.class.getName(), "com.zaxxer.hikari.HikariDataSource");
  }

  @Test
  @Order(7)
  void aMemberThatFailedIsToldAndCanBeForgotten() {
    String gone = Cluster.node(shop).id().value();
    assertThat(endpoints.status(HttpMethod.DELETE, "/gossip/" + gone, null)).isEqualTo(400);
    assertThat(endpoints.status(HttpMethod.DELETE, "/gossip/nobody", null)).isEqualTo(404);
    Cluster.node(shop).stop();
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> Cluster.node(stock).members().count(MemberStatus.DEAD) == 1);
    Recorder seen = stock.getBean(Recorder.class);
    await().atMost(Cluster.PATIENCE).until(() -> !seen.of(MemberFailedEvent.class).isEmpty());
    assertThat(seen.of(MemberFailedEvent.class).get(0).reason()).isNotBlank();
    for (String state : new String[] {"failed", "FAILED", "dead", "DEAD"}) {
      assertThat(endpoints.get("/gossip?state=" + state).at("/members/0/nodeId").asString())
          .as(state)
          .isEqualTo(gone);
    }
    assertThat(endpoints.status(HttpMethod.DELETE, "/gossip/" + gone, null)).isEqualTo(204);
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> Cluster.node(stock).members().departed().isEmpty());
  }

  @Test
  @Order(8)
  void aMemberCanBeReadAndForgottenWhateverItsName() {
    String name = "a/../b;c=d%2F?e#f&g+h";
    GossipNode odd =
        GossipNode.builder()
            .id(name)
            .cluster(Cluster.report(stock).cluster())
            .bindHost(InetAddress.getLoopbackAddress())
            .bindPort(0)
            .seeds("127.0.0.1:" + Cluster.port(stock))
            .build();
    odd.start();
    Cluster.awaitMembers(stock, 2);
    String path = "/gossip?member={name}";
    JsonNode told = endpoints.get(path, name);
    assertThat(told.at("/members")).hasSize(1);
    assertThat(told.at("/members/0/nodeId").asString()).isEqualTo(name);
    assertThat(told.at("/members/0/trail").isArray()).isTrue();
    assertThat(endpoints.get(path, "nobody").at("/members")).isEmpty();
    assertThat(endpoints.get(path, "no body").at("/members")).isEmpty();
    assertThat(endpoints.status(HttpMethod.DELETE, path, null, name)).isEqualTo(400);
    odd.close();
    Cluster.awaitMembers(stock, 1);
    assertThat(endpoints.status(HttpMethod.DELETE, path, null, name)).isEqualTo(204);
    assertThat(endpoints.get(path, name).at("/members")).isEmpty();
    assertThat(endpoints.status(HttpMethod.DELETE, "/gossip", null)).isEqualTo(400);
  }

  private static int post(String endpoint, String status) {
    return endpoints.status(HttpMethod.POST, endpoint, Map.of("status", status));
  }
}

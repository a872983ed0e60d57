package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.membership.MemberStatus;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.event.MemberFailedEvent;
import io.gossip.spring.service.ServiceRecord;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import tools.jackson.databind.JsonNode;

/** What operators see and do, over HTTP, on one cluster of two. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Cluster CLUSTER = new Cluster();

  private static ConfigurableApplicationContext shop;
  private static ConfigurableApplicationContext stock;
  private static RestClient client;

  @BeforeAll
  static void start() {
    shop = CLUSTER.plain(Application.class, "shop");
    stock =
        CLUSTER.web(
            Application.class,
            "stock",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.gossip.access=unrestricted",
            "management.endpoint.health.show-details=always",
            "management.info.gossip.enabled=true",
            "gossip.instance.zone=eu-1a",
            "gossip.instance.metadata.tier=gold",
            "gossip.instance.ports.grpc=9090",
            "gossip.swim.suspicion-multiplier=1",
            "gossip.swim.suspicion-max-multiplier=1");
    int port =
        Objects.requireNonNull(((WebServerApplicationContext) stock).getWebServer()).getPort();
    client =
        RestClient.builder()
            .uriBuilderFactory(uris("http://127.0.0.1:" + port + "/actuator"))
            .defaultStatusHandler(status -> true, (request, response) -> {})
            .build();
    Cluster.awaitMembers(stock, 2);
    Cluster.awaitInstances(shop, "stock", 1);
  }

  /** Encodes everything in a name. */
  private static DefaultUriBuilderFactory uris(String base) {
    DefaultUriBuilderFactory uris = new DefaultUriBuilderFactory(base);
    uris.setEncodingMode(DefaultUriBuilderFactory.EncodingMode.TEMPLATE_AND_VALUES);
    return uris;
  }

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void theEndpointTellsEverything() {
    JsonNode gossip = get("/gossip");
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
    assertThat(get("/gossip?zone=eu-1a").at("/members/0/nodeId").asString())
        .isEqualTo(Cluster.node(stock).id().value());
    assertThat(get("/gossip?state=left").at("/members")).isEmpty();
    JsonNode one = get("/gossip?limit=1");
    assertThat(one.at("/members")).hasSize(1);
    assertThat(one.at("/omitted/members").asInt()).isEqualTo(1);
    assertThat(get("/gossip?state=suspect").at("/members")).isEmpty();
    assertThat(get("/gossip?state=failed").at("/members")).isEmpty();
    assertThat(get("/gossip?state=&limit=").at("/members")).hasSize(2);
  }

  @Test
  @Order(1)
  void aFilterThatMakesNoSenseIsRefusedInASentence() {
    ResponseEntity<String> refused = send("/gossip?state=asleep");
    assertThat(refused.getStatusCode().value()).isEqualTo(400);
    assertThat(refused.getBody())
        .contains("state must be of [ALIVE, SUSPECT, DEAD, LEFT] or FAILED", "was 'asleep'");
    refused = send("/gossip?limit=many");
    assertThat(refused.getStatusCode().value()).isEqualTo(400);
    assertThat(refused.getBody()).contains("limit must be a number", "was 'many'");
  }

  @Test
  @Order(2)
  void theEndpointTellsOneMember() {
    JsonNode member = get("/gossip/" + Cluster.node(stock).id());
    assertThat(member.at("/state").asString()).isEqualTo("ALIVE");
    assertThat(member.at("/service/id").asString()).isEqualTo("stock");
    assertThat(member.at("/service/zone").asString()).isEqualTo("eu-1a");
    assertThat(member.at("/service/ports/grpc").asInt()).isEqualTo(9090);
    assertThat(member.at("/service/metadata/tier").asString()).isEqualTo("gold");
    assertThat(member.at("/service/uri").asString()).startsWith("http://127.0.0.1:");
    assertThat(status(HttpMethod.GET, "/gossip/nobody", null)).isEqualTo(404);
  }

  @Test
  @Order(3)
  void healthAndInfoTellTheEssentials() {
    JsonNode health = get("/health").at("/components/gossip");
    assertThat(health.at("/status").asString()).isEqualTo("UP");
    assertThat(health.at("/details/members").asInt()).isEqualTo(2);
    assertThat(health.at("/details/seedsReachable").asString()).isEqualTo("1/1");
    await() // a pause of this process is a point, until pings have been answered again
        .untilAsserted(
            () ->
                assertThat(get("/health").at("/components/gossip/details/localHealthScore").asInt())
                    .isZero());
    JsonNode info = get("/info").at("/gossip");
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
        .atMost(PATIENCE)
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
      assertThat(status(HttpMethod.POST, endpoint, "OUT_OF_SERVICE")).isLessThan(300);
      Cluster.awaitInstances(shop, "stock", 0);
      assertThat(get("/gossip").at("/local/statusOverride").asString()).isEqualTo("OUT_OF_SERVICE");
      assertThat(status(HttpMethod.POST, endpoint, "CANCEL_OVERRIDE")).isLessThan(300);
      Cluster.awaitInstances(shop, "stock", 1);
    }
    assertThat(status(HttpMethod.POST, "/gossip", "SLEEPING")).isEqualTo(400);
    assertThat(client.get().uri("/serviceregistry").retrieve().body(String.class)).contains("UP");
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
        .atMost(PATIENCE)
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
    assertThat(status(HttpMethod.DELETE, "/gossip/" + gone, null)).isEqualTo(400);
    assertThat(status(HttpMethod.DELETE, "/gossip/nobody", null)).isEqualTo(404);
    Cluster.node(shop).stop();
    await()
        .atMost(PATIENCE)
        .until(() -> Cluster.node(stock).members().count(MemberStatus.DEAD) == 1);
    Recorder seen = stock.getBean(Recorder.class);
    await().atMost(PATIENCE).until(() -> !seen.of(MemberFailedEvent.class).isEmpty());
    assertThat(seen.of(MemberFailedEvent.class).get(0).reason()).isNotBlank();
    for (String state : new String[] {"failed", "FAILED", "dead", "DEAD"}) {
      assertThat(get("/gossip?state=" + state).at("/members/0/nodeId").asString())
          .as(state)
          .isEqualTo(gone);
    }
    assertThat(status(HttpMethod.DELETE, "/gossip/" + gone, null)).isEqualTo(204);
    await().atMost(PATIENCE).until(() -> Cluster.node(stock).members().departed().isEmpty());
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
    JsonNode told = get("/gossip?member={name}", name);
    assertThat(told.at("/members")).hasSize(1);
    assertThat(told.at("/members/0/nodeId").asString()).isEqualTo(name);
    assertThat(told.at("/members/0/trail").isArray()).isTrue();
    assertThat(get("/gossip?member=nobody").at("/members")).isEmpty();
    assertThat(get("/gossip?member=no body").at("/members")).isEmpty();
    assertThat(status(HttpMethod.DELETE, "/gossip?member={name}", null, name)).isEqualTo(400);
    odd.close();
    Cluster.awaitMembers(stock, 1);
    assertThat(status(HttpMethod.DELETE, "/gossip?member={name}", null, name)).isEqualTo(204);
    assertThat(get("/gossip?member={name}", name).at("/members")).isEmpty();
    assertThat(status(HttpMethod.DELETE, "/gossip", null)).isEqualTo(400);
  }

  private static JsonNode get(String path, Object... names) {
    return Objects.requireNonNull(client.get().uri(path, names).retrieve().body(JsonNode.class));
  }

  private static ResponseEntity<String> send(String path) {
    return client.get().uri(path).retrieve().toEntity(String.class);
  }

  private static int status(
      HttpMethod method, String path, @Nullable String status, Object... names) {
    RestClient.RequestBodySpec request = client.method(method).uri(path, names);
    if (status != null) {
      request.contentType(MediaType.APPLICATION_JSON).body(Map.of("status", status));
    }
    ResponseEntity<String> response = request.retrieve().toEntity(String.class);
    return response.getStatusCode().value();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Recorder recorder() {
      return new Recorder();
    }
  }
}

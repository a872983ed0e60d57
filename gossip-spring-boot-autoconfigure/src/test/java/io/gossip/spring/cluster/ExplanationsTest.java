package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.membership.MemberStatus;
import io.gossip.swim.SwimReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
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
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator asks and does, over HTTP: one application allows it, the other does not. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExplanationsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Cluster CLUSTER = new Cluster();

  private static ConfigurableApplicationContext shop;
  private static ConfigurableApplicationContext stock;

  @BeforeAll
  static void start() {
    String[] exposed = {
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.health.show-details=always",
    };
    shop = CLUSTER.web(Application.class, "shop", exposed);
    stock =
        CLUSTER.web(
            Application.class,
            "stock",
            exposed[0],
            exposed[1],
            "management.endpoint.gossip.access=unrestricted",
            "gossip.instance.zone=eu-1a");
    Cluster.awaitMembers(stock, 2);
    Cluster.awaitInstances(shop, "stock", 1);
  }

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void thePastIsToldNewestFirst() {
    String id = id(stock);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(types(events(shop, "?member=" + id))).startsWith("UPDATED"));
    JsonNode told = events(shop, "?member=" + id);
    assertThat(told.at("/capacity").asInt()).isEqualTo(256);
    assertThat(told.at("/recorded").asInt()).isPositive();
    JsonNode latest = told.at("/events/0");
    assertThat(latest.at("/reason").asString()).contains(" to UP");
    assertThat(latest.at("/member").asString()).isEqualTo(id);
    assertThat(latest.at("/zone").asString()).isEqualTo("eu-1a");
    assertThat(latest.at("/service").asString()).isEqualTo("stock");
    assertThat(latest.at("/at").asString()).endsWith("Z");
    assertThat(latest.at("/by").isArray()).isTrue();
    assertThat(types(told)).endsWith("JOINED");
  }

  @Test
  @Order(1)
  void thePastCanBeFiltered() {
    JsonNode joined = events(shop, "?type=joined&zone=eu-1a&since=PT1H&limit=1");
    assertThat(types(joined)).containsExactly("JOINED");
    long first = joined.at("/events/0/sequence").asLong();
    assertThat(events(shop, "?member=" + id(stock) + "&type=JOINED&after=" + first).at("/events"))
        .isEmpty();
    assertThat(events(shop, "?service=none").at("/events")).isEmpty();
  }

  @Test
  @Order(1)
  void aFilterThatMakesNoSenseIsRefusedInASentence() {
    for (String filter : List.of("type=asleep", "since=once", "after=x", "limit=-1")) {
      ResponseEntity<String> refused = send(shop, HttpMethod.GET, "/gossipevents?" + filter, null);
      assertThat(refused.getStatusCode().value()).as(filter).isEqualTo(400);
      assertThat(refused.getBody())
          .startsWith(filter.substring(0, filter.indexOf('=')) + " must be ")
          .contains("but was '");
    }
  }

  @Test
  @Order(1)
  void oneMemberIsServedWithItsTrail() {
    JsonNode member = get(shop, "/gossip/" + id(stock));
    assertThat(member.at("/trail").isArray()).isTrue();
    assertThat(member.at("/accusers").isArray()).isTrue();
  }

  @Test
  @Order(2)
  void nothingCanBeChangedUnlessItHasBeenAllowed() {
    for (Map<String, String> body :
        List.of(Map.of("action", "leave"), Map.of("action", "rejoin"), Map.of("status", "DOWN"))) {
      assertThat(status(shop, HttpMethod.POST, "/gossip", body)).isEqualTo(405);
    }
    assertThat(status(shop, HttpMethod.DELETE, "/gossip/" + id(stock), null)).isEqualTo(405);
    assertThat(status(shop, HttpMethod.POST, "/gossipevents", Map.of())).isEqualTo(405);
    assertThat(Cluster.node(shop).phase()).isEqualTo(SwimReport.Phase.JOINED);
    assertThat(get(shop, "/gossip").at("/local/status").asString()).isEqualTo("UP");
  }

  @Test
  @Order(2)
  void aBodySaysOneThing() {
    for (Map<String, String> body :
        List.of(
            Map.<String, String>of(),
            Map.of("action", "leave", "status", "UP"),
            Map.of("action", "sleep"))) {
      ResponseEntity<String> refused = send(stock, HttpMethod.POST, "/gossip", body);
      assertThat(refused.getStatusCode().value()).isEqualTo(400);
      assertThat(refused.getBody()).contains("action");
    }
    assertThat(Cluster.node(stock).phase()).isEqualTo(SwimReport.Phase.JOINED);
  }

  @Test
  @Order(2)
  void theSeedsCanBeAskedAgain() {
    assertThat(status(stock, HttpMethod.POST, "/gossip", Map.of("action", "rejoin")))
        .isEqualTo(202);
  }

  @Test
  @Order(3)
  void thePastGoesOnOverAStopAndAStart() {
    long before = events(stock, "").at("/recorded").asLong();
    Cluster.node(stock).stop();
    Cluster.node(stock).start();
    Cluster.awaitMembers(stock, 2);
    await()
        .atMost(PATIENCE)
        .until(() -> events(stock, "?type=CONNECTED&after=" + before).at("/events").size() == 1);
    assertThat(types(events(stock, "?limit=10000"))).filteredOn("CONNECTED"::equals).hasSize(2);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Cluster.node(shop).members().find(Cluster.node(stock).id()).isPresent()
                    && Cluster.instances(shop, "stock").size() == 1);
  }

  @Test
  @Order(4)
  void aNodeThatLeavesTellsTheOthersAndStaysAwayUntilItIsStartedAgain() {
    GossipNode watcher = Cluster.node(shop);
    ResponseEntity<String> left =
        send(stock, HttpMethod.POST, "/gossip", Map.of("action", "leave"));
    assertThat(left.getStatusCode().value()).isEqualTo(200);
    JsonNode told = JsonMapper.shared().readTree(Objects.requireNonNull(left.getBody()));
    assertThat(told.at("/action").asString()).isEqualTo("leave");
    assertThat(told.at("/members").asInt()).isEqualTo(1);
    assertThat(told.at("/informed").asInt()).isEqualTo(1);
    assertThat(told.at("/millis").asLong()).isNotNegative();
    await().atMost(PATIENCE).until(() -> watcher.members().count(MemberStatus.LEFT) == 1);
    Cluster.awaitInstances(shop, "stock", 0);
    await()
        .atMost(PATIENCE)
        .until(() -> events(shop, "?type=LEFT&member=" + id(stock)).at("/events").size() == 1);
    List<String> reasons =
        StreamSupport.stream(
                events(shop, "?type=UPDATED,LEFT&limit=2&member=" + id(stock))
                    .at("/events")
                    .spliterator(),
                false)
            .map(event -> event.at("/reason").asString())
            .toList();
    assertThat(reasons).containsExactly("it said that it leaves", "status from UP to LEAVING");
    assertThat(get(stock, "/health").at("/components/gossip/status").asString())
        .isEqualTo("OUT_OF_SERVICE");
    ResponseEntity<String> refused =
        send(stock, HttpMethod.POST, "/gossip", Map.of("action", "rejoin"));
    assertThat(refused.getStatusCode().value()).isEqualTo(400);
    assertThat(refused.getBody()).contains("has left").contains("restarted");
    assertThat(status(stock, HttpMethod.POST, "/gossip", Map.of("action", "leave"))).isEqualTo(200);
  }

  @Test
  @Order(5)
  void aStartUndoesTheLeave() {
    stock.stop();
    stock.start();
    Cluster.awaitInstances(shop, "stock", 1);
    assertThat(Cluster.node(shop).members().count(MemberStatus.ALIVE)).isEqualTo(2);
  }

  private static String id(ConfigurableApplicationContext context) {
    return Cluster.node(context).id().value();
  }

  private static JsonNode events(ConfigurableApplicationContext context, String query) {
    return get(context, "/gossipevents" + query);
  }

  private static List<String> types(JsonNode told) {
    return StreamSupport.stream(told.at("/events").spliterator(), false)
        .map(event -> event.at("/type").asString())
        .toList();
  }

  private static JsonNode get(ConfigurableApplicationContext context, String path) {
    ResponseEntity<String> answer = send(context, HttpMethod.GET, path, null);
    return JsonMapper.shared().readTree(Objects.requireNonNull(answer.getBody()));
  }

  private static int status(
      ConfigurableApplicationContext context,
      HttpMethod method,
      String path,
      @Nullable Map<String, String> body) {
    return send(context, method, path, body).getStatusCode().value();
  }

  private static ResponseEntity<String> send(
      ConfigurableApplicationContext context,
      HttpMethod method,
      String path,
      @Nullable Map<String, String> body) {
    int port =
        Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
    RestClient.RequestBodySpec request =
        RestClient.builder()
            .defaultStatusHandler(status -> true, (sent, response) -> {})
            .build()
            .method(method)
            .uri("http://127.0.0.1:" + port + "/actuator" + path);
    if (body != null) {
      request.contentType(MediaType.APPLICATION_JSON).body(body);
    }
    return request.retrieve().toEntity(String.class);
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}
}

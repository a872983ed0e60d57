package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.membership.MemberStatus;
import io.gossip.spring.Cluster;
import io.gossip.swim.SwimReport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator asks and does, over HTTP: one application allows it, the other does not. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExplanationsTest {

  private static final Cluster CLUSTER = new Cluster();

  private static ConfigurableApplicationContext shop;
  private static ConfigurableApplicationContext stock;
  private static Actuator atShop;
  private static Actuator atStock;

  @BeforeAll
  static void start() {
    shop = CLUSTER.web("shop", Actuator.open());
    stock =
        CLUSTER.web(
            "stock",
            Actuator.open(
                "management.endpoint.gossip.access=unrestricted",
                "gossip.instance.zone=eu-1a",
                "gossip.shutdown.leave-timeout=30s")); // for the others to have time to say they
    // know
    atShop = new Actuator(shop);
    atStock = new Actuator(stock);
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
        .atMost(Cluster.PATIENCE)
        .untilAsserted(
            () -> assertThat(types(events(atShop, "?member=" + id))).startsWith("UPDATED"));
    JsonNode told = events(atShop, "?member=" + id);
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
    JsonNode joined = events(atShop, "?type=joined&zone=eu-1a&since=PT1H&limit=1");
    assertThat(types(joined)).containsExactly("JOINED");
    long first = joined.at("/events/0/sequence").asLong();
    assertThat(events(atShop, "?member=" + id(stock) + "&type=JOINED&after=" + first).at("/events"))
        .isEmpty();
    assertThat(events(atShop, "?service=none").at("/events")).isEmpty();
  }

  @Test
  @Order(1)
  void aFilterThatMakesNoSenseIsRefusedInASentence() {
    for (String filter : List.of("type=asleep", "since=once", "after=x", "limit=-1")) {
      ResponseEntity<String> refused = atShop.send(HttpMethod.GET, "/gossipevents?" + filter, null);
      assertThat(refused.getStatusCode().value()).as(filter).isEqualTo(400);
      assertThat(refused.getBody())
          .startsWith(filter.substring(0, filter.indexOf('=')) + " must be ")
          .contains("but was '");
    }
  }

  @Test
  @Order(1)
  void oneMemberIsServedWithItsTrail() {
    JsonNode member = atShop.get("/gossip/" + id(stock));
    assertThat(member.at("/trail").isArray()).isTrue();
    assertThat(member.at("/accusers").isArray()).isTrue();
  }

  @Test
  @Order(2)
  void nothingCanBeChangedUnlessItHasBeenAllowed() {
    for (Map<String, String> body :
        List.of(Map.of("action", "leave"), Map.of("action", "rejoin"), Map.of("status", "DOWN"))) {
      assertThat(atShop.status(HttpMethod.POST, "/gossip", body)).isEqualTo(405);
    }
    assertThat(atShop.status(HttpMethod.DELETE, "/gossip/" + id(stock), null)).isEqualTo(405);
    assertThat(atShop.status(HttpMethod.POST, "/gossipevents", Map.of())).isEqualTo(405);
    assertThat(Cluster.node(shop).phase()).isEqualTo(SwimReport.Phase.JOINED);
    assertThat(atShop.get("/gossip").at("/local/status").asString()).isEqualTo("UP");
  }

  @Test
  @Order(2)
  void aBodySaysOneThing() {
    for (Map<String, String> body :
        List.of(
            Map.<String, String>of(),
            Map.of("action", "leave", "status", "UP"),
            Map.of("action", "sleep"))) {
      ResponseEntity<String> refused = atStock.send(HttpMethod.POST, "/gossip", body);
      assertThat(refused.getStatusCode().value()).isEqualTo(400);
      assertThat(refused.getBody()).contains("action");
    }
    assertThat(Cluster.node(stock).phase()).isEqualTo(SwimReport.Phase.JOINED);
  }

  @Test
  @Order(2)
  void theSeedsCanBeAskedAgain() {
    assertThat(atStock.status(HttpMethod.POST, "/gossip", Map.of("action", "rejoin")))
        .isEqualTo(202);
  }

  @Test
  @Order(3)
  void thePastGoesOnOverAStopAndAStart() {
    long before = events(atStock, "").at("/recorded").asLong();
    Cluster.node(stock).stop();
    Cluster.node(stock).start();
    Cluster.awaitMembers(stock, 2);
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> events(atStock, "?type=CONNECTED&after=" + before).at("/events").size() == 1);
    assertThat(types(events(atStock, "?limit=10000"))).filteredOn("CONNECTED"::equals).hasSize(2);
    await()
        .atMost(Cluster.PATIENCE)
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
        atStock.send(HttpMethod.POST, "/gossip", Map.of("action", "leave"));
    assertThat(left.getStatusCode().value()).isEqualTo(200);
    JsonNode told = JsonMapper.shared().readTree(Objects.requireNonNull(left.getBody()));
    assertThat(told.at("/action").asString()).isEqualTo("leave");
    assertThat(told.at("/members").asInt()).isEqualTo(1);
    assertThat(told.at("/informed").asInt()).isEqualTo(1);
    assertThat(told.at("/millis").asLong()).isNotNegative();
    await().atMost(Cluster.PATIENCE).until(() -> watcher.members().count(MemberStatus.LEFT) == 1);
    Cluster.awaitInstances(shop, "stock", 0);
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> events(atShop, "?type=LEFT&member=" + id(stock)).at("/events").size() == 1);
    List<String> reasons =
        StreamSupport.stream(
                events(atShop, "?type=UPDATED,LEFT&limit=2&member=" + id(stock))
                    .at("/events")
                    .spliterator(),
                false)
            .map(event -> event.at("/reason").asString())
            .toList();
    assertThat(reasons).containsExactly("it said that it leaves", "status from UP to LEAVING");
    assertThat(atStock.get("/health").at("/components/gossip/status").asString())
        .isEqualTo("OUT_OF_SERVICE");
    ResponseEntity<String> refused =
        atStock.send(HttpMethod.POST, "/gossip", Map.of("action", "rejoin"));
    assertThat(refused.getStatusCode().value()).isEqualTo(400);
    assertThat(refused.getBody()).contains("has left").contains("restarted");
    assertThat(atStock.status(HttpMethod.POST, "/gossip", Map.of("action", "leave")))
        .isEqualTo(200);
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

  private static JsonNode events(Actuator endpoints, String query) {
    return endpoints.get("/gossipevents" + query);
  }

  private static List<String> types(JsonNode told) {
    return StreamSupport.stream(told.at("/events").spliterator(), false)
        .map(event -> event.at("/type").asString())
        .toList();
  }
}

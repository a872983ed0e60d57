package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.crypto.Key;
import io.gossip.netty.Refusals;
import io.gossip.spring.Cluster;
import io.gossip.spring.keys.GossipKeys;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Applications whose packets are encrypted, and what operators see and do of it. */
class EncryptedApplicationsTest {

  private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String NEW = "HxAdHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";
  private static final String OLD_ID = Key.ofBase64(OLD).idText();
  private static final String NEW_ID = Key.ofBase64(NEW).idText();

  private final Cluster cluster = new Cluster();
  private ConfigurableApplicationContext shop;
  private ConfigurableApplicationContext stock;
  private Actuator endpoints;

  @BeforeEach
  void start() {
    String[] sealed = {"gossip.encryption.keys=" + OLD, "gossip.encryption.retire-after=0s"};
    shop = cluster.plain("shop", sealed);
    stock =
        cluster.web(
            "stock",
            Actuator.open(
                sealed[0],
                sealed[1],
                "management.endpoint.gossipkeys.access=unrestricted",
                "management.endpoint.env.show-values=always",
                "management.endpoint.configprops.show-values=always"));
    endpoints = new Actuator(stock);
    Cluster.awaitMembers(stock, 2);
    Cluster.awaitInstances(shop, "stock", 1);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void operatorsSeeKeysByTheirIdsOnly() {
    JsonNode gossip = endpoints.get("/gossip");
    assertThat(gossip.at("/local/encrypted").asBoolean()).isTrue();
    assertThat(gossip.at("/security/keys/0").asString()).isEqualTo(OLD_ID);
    assertThat(gossip.at("/members/0/keys/0").asString()).isEqualTo(OLD_ID);
    assertThat(gossip.at("/security/refused")).isEmpty();
    assertThat(endpoints.get("/health").at("/components/gossip/details/encrypted").asBoolean())
        .isTrue();
    assertThat(endpoints.get("/gossipkeys").at("/members").toString()).contains(OLD_ID);
    for (String page : List.of("/gossip", "/gossipkeys", "/env", "/configprops", "/health")) {
      assertThat(endpoints.text(HttpMethod.GET, page, null))
          .as(page)
          .isNotEmpty()
          .doesNotContain(OLD);
    }
    assertThat(endpoints.text(HttpMethod.GET, "/env/gossip.encryption.keys", null))
        .contains("******");
  }

  @Test
  void keysAreChangedByOperatorsAndByARefreshAndNobodyIsLost() {
    assertThat(endpoints.text(HttpMethod.POST, "/gossipkeys", Map.of("key", NEW))).contains(NEW_ID);
    assertThat(endpoints.text(HttpMethod.POST, "/gossipkeys/" + NEW_ID, null)).contains(NEW_ID);
    GossipKeys.State waiting = stock.getBean(GossipKeys.class).state();
    assertThat(waiting.keys()).containsExactly(OLD_ID, NEW_ID);
    assertThat(waiting.waitingFor()).containsExactly(Cluster.node(shop).id().value());

    refresh(shop, NEW);
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> keys(shop).get(0).equals(NEW_ID) && keys(stock).get(0).equals(NEW_ID));
    assertThat(endpoints.text(HttpMethod.DELETE, "/gossipkeys/" + OLD_ID, null)).contains(NEW_ID);
    await().atMost(Cluster.PATIENCE).until(() -> keys(shop).size() == 1 && keys(stock).size() == 1);
    assertThat(Cluster.instances(shop, "stock")).hasSize(1);
    assertThat(Cluster.node(shop).protection().refusals().recent()).isEmpty();
    assertThat(Cluster.node(stock).protection().refusals().recent()).isEmpty();
  }

  @Test
  void whatCannotBeDoneIsRefusedWithAReasonAndWithoutTheKey() {
    assertThat(endpoints.text(HttpMethod.DELETE, "/gossipkeys/" + OLD_ID, null))
        .contains("primary cannot be removed");
    assertThat(endpoints.text(HttpMethod.POST, "/gossipkeys/" + NEW_ID, null))
        .contains("add it first");
    String answer = endpoints.text(HttpMethod.POST, "/gossipkeys", Map.of("key", NEW.substring(4)));
    assertThat(answer).contains("16, 24 or 32").doesNotContain(NEW.substring(4));
    refresh(stock, "none");
    assertThat(keys(stock)).containsExactly(OLD_ID);
  }

  @Test
  void whoHasOtherKeysIsShownAsAnOffender() {
    cluster.plain("stranger", "gossip.encryption.keys=" + NEW);
    Refusals refusals = Cluster.node(shop).protection().refusals(); // its seed is the shop
    await().atMost(Cluster.PATIENCE).until(() -> !refusals.recent().isEmpty());
    Refusals.Refused offender = refusals.recent().get(0);
    assertThat(offender.reason()).isEqualTo(Refusals.Reason.UNKNOWN_KEY);
    assertThat(offender.detail()).isEqualTo("key " + NEW_ID);
    assertThat(Cluster.node(shop).members().members()).hasSize(2);
  }

  private static List<String> keys(ConfigurableApplicationContext context) {
    return context.getBean(GossipKeys.class).state().keys();
  }

  private static void refresh(ConfigurableApplicationContext context, String keys) {
    String property = "gossip.encryption.keys";
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("refreshed", Map.of(property, keys)));
    context.publishEvent(new EnvironmentChangeEvent(context, Set.of(property)));
  }
}

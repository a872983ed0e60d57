package io.gossip.samples.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Spring Boot Admin, a shop whose management has a port and a path of its own, and a plain stock.
 */
@Tag("once") // on the first of two JDKs
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdminTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(AdminTest.class);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private static ConfigurableApplicationContext admin;
  private static ConfigurableApplicationContext stock;
  private static Process shop;

  @BeforeAll
  static void start(@TempDir Path logs) throws IOException {
    String cluster = "--gossip.cluster-name=admin-" + UUID.randomUUID();
    admin =
        AdminApplication.run(
            cluster,
            "--gossip.seeds=",
            "--gossip.bind.port=0",
            "--server.port=0",
            "--gossip.shutdown.drain-delay=0s");
    int port =
        admin.getBean(GossipNode.class).report().toCompletableFuture().join().bound().getPort();
    String seed = "--gossip.seeds=127.0.0.1:" + port;
    shop =
        Member.start(
            logs.resolve("shop.log").toFile(),
            Member.settings(
                "shop",
                cluster,
                seed,
                "--management.server.port=0",
                "--management.server.address=127.0.0.1",
                "--management.endpoints.web.base-path=/manage"));
    stock = SpringApplication.run(Member.class, Member.settings("stock", cluster, seed));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    shop.destroyForcibly().waitFor();
    stock.close();
    admin.close();
  }

  @Test
  @Order(1)
  void everyInstanceIsListedAndUpAndNobodyHadToRegister() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(statusOf("shop")).isEqualTo("UP");
              assertThat(statusOf("stock")).isEqualTo("UP");
              assertThat(statusOf("admin")).isEqualTo("UP");
            });
  }

  @Test
  @Order(2)
  void theLinksToTheManagementLeadThere() throws Exception {
    for (String name : List.of("shop", "stock")) {
      JsonNode registration = Objects.requireNonNull(instance(name)).path("registration");
      URI management = URI.create(registration.path("managementUrl").asString());
      URI health = URI.create(registration.path("healthUrl").asString());
      URI service = URI.create(registration.path("serviceUrl").asString());
      assertThat(management.getPath()).isEqualTo(name.equals("shop") ? "/manage" : "/actuator");
      assertThat(management.getPort() == service.getPort()).isEqualTo(name.equals("stock"));
      assertThat(get(management).at("/_links/gossip/href").asString())
          .contains(management.getPath());
      assertThat(get(health).path("status").asString()).isEqualTo("UP");
      assertThat(registration.path("source").asString()).isEqualTo("discovery");
    }
  }

  @Test
  @Order(3)
  void itsProxyReachesTheEndpointsOfAnInstance() throws Exception {
    String id = Objects.requireNonNull(instance("shop")).path("id").asString();
    JsonNode gossip = get(uri("/instances/" + id + "/actuator/gossip"));
    assertThat(gossip.at("/counts/alive").asInt()).isEqualTo(3);
    assertThat(gossip.at("/services/shop").asInt()).isEqualTo(1);
  }

  @Test
  @Order(4)
  void aKilledInstanceIsDroppedAtOnce() throws Exception {
    shop.destroyForcibly(); // SIGKILL: it tells nobody
    Duration took = untilGone("shop");
    log.info("A killed instance was gone from Spring Boot Admin after {} ms", took.toMillis());
    assertThat(statusOf("stock")).isEqualTo("UP");
  }

  @Test
  @Order(5)
  void anInstanceThatStopsIsDroppedAsSoonAsItBeginsTo() throws Exception {
    Thread closing = new Thread(stock::close);
    closing.start();
    Duration took = untilGone("stock");
    log.info("A stopping instance was gone from Spring Boot Admin after {} ms", took.toMillis());
    closing.join();
  }

  private static Duration untilGone(String name) {
    long began = System.nanoTime();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> instance(name) == null);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static @Nullable String statusOf(String name) throws Exception {
    JsonNode instance = instance(name);
    return instance == null ? null : instance.at("/statusInfo/status").asString();
  }

  private static @Nullable JsonNode instance(String name) throws Exception {
    for (JsonNode instance : get(uri("/instances"))) {
      if (instance.at("/registration/name").asString().equals(name)) {
        return instance;
      }
    }
    return null;
  }

  private static URI uri(String path) {
    int port =
        Objects.requireNonNull(((WebServerApplicationContext) admin).getWebServer()).getPort();
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static JsonNode get(URI uri) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as("%s", uri).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }
}

package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.spring.Cluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Where the dashboard is served, and what is not. */
@Tag("once") // on the first of two JDKs
@ExtendWith(OutputCaptureExtension.class)
class DashboardEndpointTest {

  /** What it takes to have the dashboard. */
  static final String[] DASHBOARD = {
    "gossip.dashboard.enabled=true", "management.endpoints.web.exposure.include=gossip"
  };

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Cluster cluster = new Cluster();

  @AfterEach
  void stop() {
    cluster.close();
  }

  static Stream<Arguments> placesAndStacks() {
    return Stream.of(WebApplicationType.SERVLET, WebApplicationType.REACTIVE)
        .flatMap(
            type ->
                Stream.of(
                    Arguments.of(type, "/actuator", new String[] {}),
                    Arguments.of(
                        type,
                        "/ops/inner",
                        new String[] {
                          "management.server.port=0",
                          "management.endpoints.web.base-path=/ops/inner"
                        }),
                    Arguments.of(
                        type,
                        "/admin/actuator",
                        new String[] {
                          "management.server.port=0", "management.server.base-path=/admin"
                        })));
  }

  @ParameterizedTest
  @MethodSource("placesAndStacks")
  void thePageItsFilesAndItsStreamAreServedUnderTheManagementPath(
      WebApplicationType type, String base, String[] more) throws Exception {
    ConfigurableApplicationContext context = start(type, more);
    String dashboard = base + "/gossipdashboard";
    HttpResponse<String> page = get(context, dashboard, "text/html,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.body()).contains("src=\"gossipdashboard/main.js\"").doesNotContain("{");
    for (String name : Assets.NAMES) {
      HttpResponse<String> file = get(context, dashboard + "/" + name, "*/*");
      assertThat(file.statusCode()).as(name).isEqualTo(200);
      assertThat(file.headers().firstValue("Content-Type"))
          .hasValue("text/" + (name.endsWith("css") ? "css" : "javascript") + ";charset=UTF-8");
      assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(file.headers().firstValue("Content-Security-Policy")).isPresent();
    }
    try (BufferedReader stream = stream(context, dashboard)) {
      assertThat(nextSignal(stream)).isPositive();
    }
    assertThat(get(context, base + "/gossip", "application/json").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void thePageFindsEndpointsByTheNamesThatTheApplicationGivesThem(WebApplicationType type)
      throws Exception {
    ConfigurableApplicationContext context =
        start(
            type,
            "management.endpoints.web.path-mapping.gossipdashboard=views/cluster",
            "management.endpoints.web.path-mapping.gossip=members");
    HttpResponse<String> page = get(context, "/actuator/views/cluster", "text/html");
    assertThat(page.body())
        .contains("src=\"cluster/main.js\"")
        .contains("data-gossip=\"../members\"");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(get(context, "/actuator/views/cluster/main.js", "*/*").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void onlyItsOwnFilesAreServed(WebApplicationType type) throws Exception {
    ConfigurableApplicationContext context = start(type);
    for (String name :
        List.of(
            "index.html",
            "DashboardEndpoint.class",
            "..%2fdashboard%2fmain.js",
            "%2e%2e%2f%2e%2e%2fGossipProperties.class",
            "main.js%00",
            "")) {
      assertThat(get(context, "/actuator/gossipdashboard/" + name, "*/*").statusCode())
          .as(name)
          .isBetween(400, 499);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void streamsTellOfChangesAndNothingElse(WebApplicationType type) throws Exception {
    ConfigurableApplicationContext context = start(type);
    try (BufferedReader stream = stream(context, "/actuator/gossipdashboard")) {
      long before = nextSignal(stream);
      cluster.plain("other");
      long after = nextSignal(stream);
      while (after == before) { // it may be told twice where the view stands
        after = nextSignal(stream);
      }
      assertThat(after).isGreaterThan(before);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void streamsAreFewAndEndWithTheApplication(WebApplicationType type) throws Exception {
    ConfigurableApplicationContext context = start(type);
    List<BufferedReader> streams = new ArrayList<>();
    for (int i = 0; i < Signals.MAX_STREAMS; i++) {
      BufferedReader stream = stream(context, "/actuator/gossipdashboard");
      nextSignal(stream);
      streams.add(stream);
    }
    Signals signals = context.getBean(Signals.class);
    assertThat(signals.count()).isEqualTo(Signals.MAX_STREAMS);
    assertThat(open(context, "/actuator/gossipdashboard").statusCode()).isEqualTo(503);
    context.close();
    for (BufferedReader stream : streams) {
      assertThat(stream.lines().filter(line -> line.startsWith("data:")).count())
          .as("signals until the end, one for each change of its own status")
          .isLessThan(10);
      assertThat(stream.read()).as("nothing comes after the end").isEqualTo(-1);
      stream.close();
    }
    assertThat(signals.count()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void aPageThatIsClosedMakesRoom(WebApplicationType type) throws Exception {
    ConfigurableApplicationContext context = start(type);
    Signals signals = context.getBean(Signals.class);
    BufferedReader stream = stream(context, "/actuator/gossipdashboard");
    nextSignal(stream);
    assertThat(signals.count()).isEqualTo(1);
    stream.close();
    await()
        .atMost(Cluster.PATIENCE)
        .until(
            () -> {
              Cluster.node(context).put("beat", Long.toString(System.nanoTime()));
              return signals.count() == 0;
            });
  }

  @Test
  void itIsNotServedUnlessEnabled() throws Exception {
    ConfigurableApplicationContext context =
        cluster.web("shop", "management.endpoints.web.exposure.include=*");
    assertThat(get(context, "/actuator/gossip", "*/*").statusCode()).isEqualTo(200);
    assertThat(get(context, "/actuator/gossipdashboard", "*/*").statusCode()).isEqualTo(404);
  }

  @Test
  void whereTheEndpointIsNotExposedItSaysWhatToDo(CapturedOutput log) throws Exception {
    ConfigurableApplicationContext context =
        cluster.web("shop", "gossip.dashboard.enabled=true", "logging.level.io.gossip=info");
    assertThat(get(context, "/actuator/gossipdashboard", "*/*").statusCode()).isEqualTo(404);
    assertThat(log).contains("add gossip to management.endpoints.web.exposure.include");
  }

  @Test
  void whoExcludesItIsObeyedAndTold(CapturedOutput log) throws Exception {
    ConfigurableApplicationContext context =
        start(
            WebApplicationType.SERVLET,
            "management.endpoints.web.exposure.exclude=gossipdashboard");
    assertThat(get(context, "/actuator/gossipdashboard", "*/*").statusCode()).isEqualTo(404);
    assertThat(log).contains("management.endpoints.web.exposure.exclude");
  }

  @Test
  void whoGivesItNoAccessIsObeyedAndTold(CapturedOutput log) throws Exception {
    ConfigurableApplicationContext context =
        start(WebApplicationType.REACTIVE, "management.endpoint.gossipdashboard.access=none");
    assertThat(get(context, "/actuator/gossipdashboard", "*/*").statusCode()).isEqualTo(404);
    assertThat(log).contains("management.endpoint.gossipdashboard.access");
  }

  @Test
  void itSaysWhereItIsAndLeavesOtherExposuresAsTheyWere(CapturedOutput log) throws Exception {
    ConfigurableApplicationContext context =
        start(WebApplicationType.SERVLET, "logging.level.io.gossip.spring.dashboard=info");
    assertThat(log).containsOnlyOnce("The dashboard is at /actuator/gossipdashboard");
    assertThat(get(context, "/actuator/info", "*/*").statusCode()).isEqualTo(404);
  }

  private ConfigurableApplicationContext start(WebApplicationType type, String... more) {
    String[] all = Stream.concat(Stream.of(DASHBOARD), Stream.of(more)).toArray(String[]::new);
    return cluster.start(type, Cluster.Application.class, "shop", all);
  }

  private static HttpResponse<String> get(
      ConfigurableApplicationContext context, String path, String accept)
      throws IOException, InterruptedException {
    URI uri = Cluster.management(context, path);
    return CLIENT.send(
        HttpRequest.newBuilder(uri).header("Accept", accept).timeout(Cluster.PATIENCE).build(),
        BodyHandlers.ofString());
  }

  private static BufferedReader stream(ConfigurableApplicationContext context, String dashboard)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = open(context, dashboard);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static HttpResponse<InputStream> open(
      ConfigurableApplicationContext context, String dashboard)
      throws IOException, InterruptedException {
    URI uri = Cluster.management(context, dashboard + "/" + DashboardEndpoint.STREAM);
    return CLIENT.send(
        HttpRequest.newBuilder(uri)
            .header("Accept", "text/event-stream")
            .timeout(Cluster.PATIENCE) // until the headers are there
            .build(),
        BodyHandlers.ofInputStream());
  }

  /** The view's version in the next signal; there is one within a second. */
  private static long nextSignal(BufferedReader stream) throws IOException {
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.startsWith("data:")) {
        return Long.parseLong(line.substring("data:".length()).trim());
      }
      assertThat(line).matches("|:.*|retry:.*|event:.*");
    }
    throw new AssertionError("the stream has ended");
  }
}

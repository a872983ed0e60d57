package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chromium without a window, driven over the W3C's WebDriver protocol. */
final class Browser implements AutoCloseable {

  static final String TAB = "\uE004";
  static final String ENTER = "\uE007";
  static final String ESCAPE = "\uE00C";
  static final String RIGHT = "\uE014";

  private static final String MISSING =
      "No browser: the dashboard is not tried in one. Install chromium and chromedriver"
          + " (Debian: apt-get install chromium chromium-driver) to have it tried.";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern PORT = Pattern.compile("on port (\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();
  private final Path profile;
  private final Process driver;
  private final String session;
  private final List<JsonNode> requests = new ArrayList<>();

  /** Starts one; whoever has none skips the test, and is told how to get it. */
  static Browser start() {
    String chromium = onPath("chromium", "chromium-browser", "google-chrome");
    String driver = onPath("chromedriver");
    if (chromium == null || driver == null) {
      LoggerFactory.getLogger(Browser.class).warn(MISSING);
      throw new TestAbortedException(MISSING);
    }
    try {
      return new Browser(driver, chromium);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String onPath(String... names) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(null);
  }

  private Browser(String executable, String chromium) throws IOException {
    profile = Files.createTempDirectory("gossip-browser");
    driver = new ProcessBuilder(executable, "--port=0").redirectErrorStream(true).start();
    URI address = URI.create("http://127.0.0.1:" + port() + "/session");
    Map<String, Object> options =
        Map.of(
            "binary",
            chromium,
            "args",
            List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,1000",
                "--user-data-dir=" + profile));
    JsonNode created =
        send(
            "POST",
            address.toString(),
            Map.of(
                "capabilities",
                Map.of(
                    "alwaysMatch",
                    Map.of(
                        "goog:chromeOptions",
                        options,
                        "goog:loggingPrefs",
                        Map.of("browser", "ALL", "performance", "ALL"),
                        "unhandledPromptBehavior",
                        "ignore"))));
    session = address + "/" + created.path("sessionId").asString();
  }

  /** The driver chooses a port and says which; what it says later is read and thrown away. */
  private int port() throws IOException {
    BufferedReader output = driver.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher said = PORT.matcher(line);
      if (line.contains("started successfully") && said.find()) {
        Thread reader = new Thread(() -> output.lines().forEach(later -> {}), "chromedriver");
        reader.setDaemon(true);
        reader.start();
        return Integer.parseInt(said.group(1));
      }
    }
    throw new IllegalStateException("chromedriver did not start");
  }

  void open(URI page) {
    send("POST", session + "/url", Map.of("url", page.toString()));
  }

  /** The result of a function body in the page. */
  JsonNode run(String script, Object... arguments) {
    return send(
        "POST", session + "/execute/sync", Map.of("script", script, "args", List.of(arguments)));
  }

  String text(String script, Object... arguments) {
    return run(script, arguments).asString();
  }

  /** Waits until an expression is true in the page. */
  void until(String expression, Object... arguments) {
    await()
        .alias(expression)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> run("return Boolean(" + expression + ")", arguments).asBoolean());
  }

  /** Presses keys, as a user would: they go to whatever has the focus. */
  void press(String keys) {
    List<Map<String, Object>> actions = new ArrayList<>();
    keys.chars()
        .mapToObj(key -> String.valueOf((char) key))
        .forEach(
            key -> {
              actions.add(Map.of("type", "keyDown", "value", key));
              actions.add(Map.of("type", "keyUp", "value", key));
            });
    send(
        "POST",
        session + "/actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
  }

  /** Clicks on the middle of the first element that fits. */
  void click(String selector) {
    send("POST", session + "/element/" + element(selector) + "/click", Map.of());
  }

  private String element(String selector) {
    return send("POST", session + "/element", Map.of("using", "css selector", "value", selector))
        .iterator()
        .next()
        .asString();
  }

  /** Whether the page has opened a dialog of the browser. */
  boolean hasDialog() {
    return request("GET", session + "/alert/text", null).statusCode() == 200;
  }

  /** What the page or the browser complained of since the last call. */
  List<String> complaints() {
    return logs("browser").stream()
        .filter(entry -> entry.path("level").asString().matches("SEVERE|WARNING"))
        .map(entry -> entry.path("message").asString())
        .toList();
  }

  /** Addresses of all that has been asked for. */
  List<URI> requested() {
    logs("performance").stream()
        .map(entry -> json.readTree(entry.path("message").asString()).path("message"))
        .filter(message -> message.path("method").asString().equals("Network.requestWillBeSent"))
        .forEach(requests::add);
    return requests.stream()
        .map(message -> message.at("/params/request/url").asString())
        .filter(url -> url.startsWith("http"))
        .map(URI::create)
        .toList();
  }

  /** Of other hosts nothing was asked, and nobody complained, of the policy neither. */
  void assertNothingElseWasAsked() {
    assertThat(requested())
        .isNotEmpty()
        .allMatch(uri -> Objects.equals(uri.getHost(), "127.0.0.1"), "of this machine");
    assertThat(complaints())
        .allMatch(said -> said.contains("/gossipevents") && said.contains("404"), "a missing one");
  }

  private List<JsonNode> logs(String type) {
    List<JsonNode> entries = new ArrayList<>();
    send("POST", session + "/se/log", Map.of("type", type)).forEach(entries::add);
    return entries;
  }

  /** Makes the page as large as that, whatever the size of the window. */
  void size(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Has the system ask for colours: {@code light} or {@code dark}. */
  void scheme(String name) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
  }

  void forgetSizeAndScheme() {
    command("Emulation.clearDeviceMetricsOverride", Map.of());
    command("Emulation.setEmulatedMedia", Map.of("features", List.of()));
  }

  /** Calls a command of Chromium's own protocol. */
  void command(String name, Map<String, Object> parameters) {
    send("POST", session + "/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
  }

  /** Takes a picture of what is to be seen. */
  byte[] picture() {
    return Base64.getDecoder()
        .decode(Objects.requireNonNull(send("GET", session + "/screenshot", null).asString()));
  }

  private JsonNode send(String method, String uri, @Nullable Object body) {
    HttpResponse<String> response = request(method, uri, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json.readTree(response.body()).path("value");
  }

  private HttpResponse<String> request(String method, String uri, @Nullable Object body) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(json.writeValueAsString(body));
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create(uri))
              .timeout(Duration.ofSeconds(60))
              .method(method, publisher)
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      request("DELETE", session, null);
    } finally {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
      driver.destroy();
      await().atMost(PATIENCE).until(() -> driver.waitFor(0, TimeUnit.SECONDS));
      FileSystemUtils.deleteRecursively(profile);
    }
  }
}

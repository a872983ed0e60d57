package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.membership.MemberStatus;
import io.gossip.spring.actuate.GossipDescriptor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The dashboard in a real browser. Where there is none, these tests are skipped and say how to get
 * one.
 */
@Tag("once") // on the first of two JDKs
@Timeout(120)
class DashboardBrowserTest {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String STATE = "document.querySelector(`[data-id=\"${arguments[0]}\"]`)";

  private static Browser browser;

  private Stub stub;

  @BeforeAll
  static void startBrowser() throws IOException {
    browser = Browser.start();
  }

  @AfterAll
  static void stopBrowser() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void startStub() throws IOException {
    stub = new Stub();
    browser.complaints();
  }

  @AfterEach
  void leave() {
    browser.open(URI.create("about:blank"));
    stub.close();
  }

  @Test
  void aKilledMemberTurnsRedWithoutAReloadAndItsEvidenceSaysWhy() {
    try (Applications applications = new Applications()) {
      ConfigurableApplicationContext shop =
          applications.start(
              WebApplicationType.SERVLET,
              "shop",
              "gossip.dashboard.enabled=true",
              "management.endpoints.web.exposure.include=gossip,gossipevents",
              "gossip.instance.zone=a");
      applications.start(WebApplicationType.NONE, "stock", "gossip.instance.zone=b");
      ConfigurableApplicationContext victim =
          applications.start(
              WebApplicationType.NONE,
              "pricing",
              "gossip.instance.zone=b",
              "gossip.instance.metadata.motto=<script>alert(1)</script>");
      String id = Applications.node(victim).id().value();
      browser.open(Applications.management(shop, "/actuator/gossipdashboard"));
      browser.until("document.querySelectorAll('.member[data-state=ALIVE]').length === 3");
      browser.until("document.getElementById('link').dataset.link === 'live'");
      browser.run("window.neverReloaded = true");
      Applications.node(victim).stop();
      await()
          .atMost(PATIENCE)
          .until(() -> Applications.node(shop).members().count(MemberStatus.DEAD) == 1);
      browser.until(STATE + ".dataset.state === 'DEAD'", id);
      assertThat(browser.run("return window.neverReloaded").asBoolean()).isTrue();
      browser.until("document.querySelector('#timeline li[data-type=FAILED]') !== null");
      assertThat(browser.text("return document.querySelector('[data-type=FAILED]').innerText"))
          .containsPattern("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\s+" + id + " failed by \\w+-");
      browser.click("[data-id='" + id + "']");
      browser.until("document.querySelector('.trail li[data-step=DEAD]') !== null");
      List<String> steps = new ArrayList<>();
      browser
          .run("return [...document.querySelectorAll('.trail li')].map(e => e.dataset.step)")
          .forEach(step -> steps.add(step.asString()));
      assertThat(steps)
          .as("the verdict, and what it rests on, be that this node's own finding or another's")
          .contains("ACCUSED", "DEAD");
      String own = Applications.node(shop).id().value();
      assertThat(browser.text("return document.querySelector('.trail').innerText"))
          .containsPattern("local health: (" + own + "|stock-\\w+) \\d")
          .contains("declared dead by");
      browser.until("document.getElementById('member').textContent.includes('dead')");
      assertThat(browser.text("return document.getElementById('member').textContent"))
          .contains("<script>alert(1)</script>")
          .contains(id);
      assertNothingElseWasAsked();
    }
  }

  @Test
  void hostileTextStaysText() throws IOException {
    String script = "<script>window.hacked=1;alert(1)</script>";
    String image = "\"'><img src=x onerror=\"window.hacked=1;alert(1)\">";
    stub.event("FAILED", script, image, List.of(image));
    stub.cut(image);
    stub.trail(
        new GossipDescriptor.Trail(Instant.EPOCH, image, script, image, 1, 0, 0.5, 2000d, script));
    stub.set(
        Stub.member("shop-1", "shop", "a"),
        Stub.member(
            script, image, image, "SUSPECT", List.of("shop-1"), Map.of(script, image, "b", script)),
        Stub.member("../x?y=z#'\"", script, script));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 3");
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");
    browser.run(
        STATE.replace("`[data-id=\"${arguments[0]}\"]`", "'[data-state=SUSPECT].member'")
            + ".click()");
    browser.until(
        "document.querySelectorAll('.trail li').length === 1 || "
            + "!document.querySelector('#member .problem').hidden");
    assertThat(browser.text("return document.body.innerText")).contains(script).contains(image);
    assertThat(browser.run("return document.scripts.length").asInt()).isEqualTo(1);
    assertThat(browser.run("return document.images.length").asInt()).isZero();
    assertThat(
            browser.run("return document.querySelectorAll('#member script, img').length").asInt())
        .isZero();
    assertThat(browser.run("return window.hacked === undefined").asBoolean()).isTrue();
    assertThat(browser.hasDialog()).isFalse();
    assertNothingElseWasAsked();
  }

  @Test
  void aMemberIsReadWhateverItsNameAndSaidToBeGoneWhenItIs() throws IOException {
    stub.trail(
        new GossipDescriptor.Trail(
            Instant.EPOCH, "PROBE_FAILED", "shop-1", "TIMEOUT", 0, 0, 0.5, 50d, "no answer"));
    String[] names = {"..", ".", "a/../b", "x;y=z", "50%", "%2F", "q?r#s&t+u"};
    for (String name : names) {
      stub.set(Stub.member(name, "shop", "a"));
    }
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === " + names.length);
    for (String name : names) {
      browser.run("document.querySelector(`.member[data-id=\"${arguments[0]}\"]`).click()", name);
      browser.until(
          "document.querySelector('#member-title').textContent === '"
              + name
              + "' && document.querySelectorAll('.trail li').length === 1");
      assertThat(
              browser.run("return document.querySelector('#member .problem').hidden").asBoolean())
          .as(name)
          .isTrue();
    }
    stub.restart();
    stub.signal();
    browser.until(
        "document.querySelector('#member .problem').textContent"
            + " === 'The node does not know this member any more.'");
    assertNothingElseWasAsked();
  }

  @Test
  void aMemberThatOffersNothingStandsInItsZone() throws IOException {
    stub.set(Stub.member("shop-1", "shop", "a"), Stub.watcher("watcher", "b"));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 2");
    assertThat(
            browser.text(
                "return [...document.querySelectorAll('.zone')].map(zone =>"
                    + " zone.querySelector('bdi').textContent + ': '"
                    + " + zone.querySelector('.name').textContent).join(', ')"))
        .isEqualTo("a: shop-1, b: watcher");
  }

  @Test
  void whatThisNodeSuspectedAndWhatAnybodyRefutedAreToldApart() throws IOException {
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 1");
    assertThat(browser.text("return document.querySelector('#node').textContent"))
        .contains("1 raised here; 3 refuted, whoever raised them")
        .contains("0 declared here; 2 came back, whoever declared them");
  }

  @Test
  void aScriptThatGotInWouldNotRun() throws IOException {
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 1");
    browser.run(
        "const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
            + "document.body.append(s);"
            + "document.body.setAttribute('onclick', 'window.hacked = 1'); document.body.click();");
    assertThat(browser.run("return window.hacked === undefined").asBoolean()).isTrue();
    assertThat(browser.complaints()).anyMatch(said -> said.contains("Content Security Policy"));
  }

  @Test
  void fiveHundredAreShownAndAChangeTouchesOnlyWhatItConcerns() throws IOException {
    stub.set(
        IntStream.range(0, 500)
            .mapToObj(i -> Stub.member("stock-" + i, "stock-" + i % 7, "zone-" + i % 4))
            .toArray(GossipDescriptor.Member[]::new));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 500");
    assertThat(browser.text("return document.getElementById('shown').textContent"))
        .isEqualTo("500 of 500 shown");
    assertThat(browser.run("return document.body.scrollWidth <= innerWidth").asBoolean()).isTrue();
    assertThat(
            browser
                .run("return document.getElementById('map').getBoundingClientRect().height")
                .asDouble())
        .as("all are to be seen at once")
        .isLessThan(900);
    browser.run(
        "window.touched = [];"
            + "new MutationObserver(all => all.forEach(one => {"
            + "  const node = one.target.nodeType === 1 ? one.target : one.target.parentElement;"
            + "  touched.push(node.closest('.member')?.dataset.id ?? node.className);"
            + "})).observe(document.querySelector('.zones'),"
            + "  {subtree: true, childList: true, attributes: true, characterData: true})");
    stub.set(
        Stub.member("stock-250", "stock-5", "zone-2", "SUSPECT", List.of("stock-3"), Map.of()));
    browser.until(STATE + ".dataset.state === 'SUSPECT'", "stock-250");
    browser.until("document.querySelectorAll('.arrows line').length === 1");
    assertThat(browser.run("return [...new Set(touched)]"))
        .extracting(each -> Objects.requireNonNull(each).asString())
        .containsExactlyInAnyOrder("stock-250", "quiet count");
    browser.click("#search");
    browser.press("stock-25");
    browser.until("document.getElementById('shown').textContent === '11 of 500 shown'");
    browser.click("[data-filter=ALIVE]");
    browser.until("document.getElementById('shown').textContent === '1 of 500 shown'");
    assertNothingElseWasAsked();
  }

  @Test
  void allOfItCanBeDoneWithTheKeyboard() throws IOException {
    stub.set(
        Stub.member("shop-1", "shop", "a"),
        Stub.member("stock-1", "stock", "b"),
        Stub.member("stock-2", "stock", "b", "SUSPECT", List.of("shop-1"), Map.of()));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 3");
    browser.click("#search");
    for (int i = 0; i < 5; i++) { // past the four states
      browser.press(Browser.TAB);
    }
    browser.until("document.activeElement.dataset.id === 'shop-1'");
    browser.press(Browser.RIGHT + Browser.RIGHT);
    browser.until("document.activeElement.dataset.id === 'stock-2'");
    browser.press(Browser.ENTER);
    browser.until("document.activeElement.id === 'member-title'");
    browser.until("document.querySelectorAll('.trail li').length === 2");
    browser.run(
        "window.touched = 0; new MutationObserver(all => touched += all.length)"
            + ".observe(document.querySelector('.trail'), {subtree: true, childList: true})");
    stub.trailAgain(Duration.ofNanos(300_000));
    stub.signal();
    browser.run("window.fetched = performance.getEntriesByType('resource').length");
    browser.until("performance.getEntriesByType('resource').length > fetched + 4");
    assertThat(browser.run("return touched").asInt())
        .as("what is read to a screen reader")
        .isZero();
    assertThat(browser.text("return document.querySelector('.trail').innerText"))
        .contains("the watch link broke by shop-1")
        .contains("connection refused");
    browser.press(Browser.ESCAPE);
    browser.until("document.activeElement.dataset.id === 'stock-2'");
    assertThat(browser.run("return document.getElementById('member').hidden").asBoolean()).isTrue();
  }

  @Test
  void evidenceIsToldToTheMillisecondAndInWordsThatAStrangerUnderstands() throws IOException {
    Instant then = Instant.parse("2026-01-01T12:00:00.007Z");
    stub.trail(
        new GossipDescriptor.Trail(
            then, "PROBE_FAILED", "shop-1", "NO_ANSWER", 0, 2, 0.4, 50d, "no way answered"),
        new GossipDescriptor.Trail(
            then.plusMillis(40), "LAST_LOOK_FAILED", "shop-1", null, 0, null, null, 51d, ""),
        new GossipDescriptor.Trail(
            then.plusMillis(41), "ACCUSED", "stock-2", "NO_ANSWER", 1, 2, 0.4, 2000d, ""),
        new GossipDescriptor.Trail(
            then.plusMillis(42), "REFUTED", "stock-1", null, 2, 2, null, null, ""));
    stub.set(Stub.member("shop-1", "shop", "a"), Stub.member("stock-1", "stock", "b"));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 2");
    browser.click("[data-id=stock-1]");
    browser.until("document.querySelectorAll('.trail li').length === 4");
    String each = "return [...document.querySelectorAll('.trail %s')].map(e => e.textContent)";
    assertThat(browser.run(each.formatted("time")))
        .extracting(time -> Objects.requireNonNull(time).asString().substring(5))
        .containsExactly(":00.007", ":00.047", ":00.048", ":00.049");
    assertThat(browser.run(each.formatted(".figures")))
        .extracting(figures -> Objects.requireNonNull(figures).asString())
        .containsExactly(
            "the probe lasted 50 ms · round trip 0.40 ms · local health: shop-1 0, stock-1 2",
            "the probe lasted 51 ms · local health: shop-1 0",
            "suspicion of 2000 ms · round trip 0.40 ms · local health: stock-2 1, stock-1 2",
            "local health: stock-1 2");
  }

  @Test
  void theTimelineIsWhatTheNodeTellsWithItsReasons() throws IOException {
    stub.event("JOINED", "stock-1", null, null);
    stub.set(Stub.member("shop-1", "shop", "a"), Stub.member("stock-1", "stock", "b"));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('#timeline li').length === 1");
    stub.event("FAILED", "stock-1", "it refuses connections", List.of("shop-1"));
    stub.set(Stub.member("stock-1", "stock", "b", "DEAD", List.of(), Map.of()));
    browser.until("document.querySelectorAll('#timeline li').length === 2");
    assertThat(browser.text("return document.querySelector('#timeline li').innerText"))
        .contains("stock-1 failed by shop-1")
        .contains("it refuses connections");
    browser.click("#timeline [data-member=stock-1]");
    browser.until("document.activeElement.id === 'member-title'");
  }

  @Test
  void whereTheNodeTellsNoneTheTimelineIsWhatThePageHasSeen() throws IOException {
    stub.tellNoEvents();
    stub.set(Stub.member("shop-1", "shop", "a"), Stub.member("stock-1", "stock", "b"));
    browser.open(stub.page());
    browser.until(
        "document.getElementById('timeline-source').textContent.includes('gossipevents')");
    stub.set(Stub.member("stock-1", "stock", "b", "SUSPECT", List.of("shop-1"), Map.of()));
    browser.until("document.getElementById('timeline').innerText.includes('stock-1 is suspected')");
    assertNothingElseWasAsked();
  }

  @Test
  void anotherProcessBeginsAnotherTimeline() throws IOException {
    for (String id : List.of("shop-1", "stock-1", "old-1")) {
      stub.event("JOINED", id, null, null);
    }
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('#timeline li').length === 3");
    stub.restart();
    for (int i = 1; i <= 5; i++) { // more than the page has read of the first
      stub.event("JOINED", "new-" + i, null, null);
    }
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.until("document.querySelectorAll('#timeline li').length === 5");
    assertThat(browser.text("return document.getElementById('timeline').innerText"))
        .contains("new-1", "new-5")
        .doesNotContain("old-1");
  }

  @Test
  void ofMoreThanItCanReadAtOnceTheTimelineHasTheLatest() throws IOException {
    stub.event("JOINED", "first", null, null);
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('#timeline li').length === 1");
    for (int i = 1; i <= 250; i++) {
      stub.event("JOINED", "member-" + i, null, null);
    }
    stub.signal();
    browser.until("document.querySelectorAll('#timeline li').length === 200");
    assertThat(browser.text("return document.querySelector('#timeline li').innerText"))
        .contains("member-250 joined");
    assertThat(browser.text("return document.querySelector('#timeline li:last-child').innerText"))
        .contains("member-51 joined");
  }

  @ParameterizedTest
  @CsvSource({
    "403, 'You may not read the members'",
    "404, 'There is nothing to read of the members (404)'",
    "500, 'The application could not tell the members (500)'"
  })
  void whatCannotBeReadAnyMoreIsSaidAndWhatStandsThereIsMarkedAsOld(int status, String sentence)
      throws IOException {
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 1");
    assertThat(browser.run("return 'stale' in document.querySelector('main').dataset").asBoolean())
        .isFalse();
    stub.status(status);
    stub.signal();
    browser.until("document.getElementById('problem').innerText.includes(arguments[0])", sentence);
    assertThat(browser.text("return document.getElementById('problem').innerText"))
        .containsPattern("What is shown is of \\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\.");
    assertThat(browser.run("return 'stale' in document.querySelector('main').dataset").asBoolean())
        .isTrue();
    assertThat(browser.text("return document.getElementById('link').innerText"))
        .isEqualTo("no answer");
    stub.status(200);
    stub.signal();
    browser.until("document.getElementById('problem').hidden");
    browser.until("!('stale' in document.querySelector('main').dataset)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!doctype html><p>Sign in", "{}", "null", "[]", "{\"members\": 7"})
  void anAnswerOfAnotherKindIsSaidAndOvercome(String body) throws IOException {
    stub.answerInstead(body);
    browser.open(stub.page());
    browser.until("!document.getElementById('problem').hidden");
    stub.answerInstead(null);
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.until("document.querySelectorAll('.member').length === 1");
    browser.until("document.getElementById('problem').hidden");
  }

  @Test
  void whoHasToSignInIsNotAskedForAPasswordEveryTwoSeconds() throws IOException {
    stub.status(401);
    browser.open(stub.page());
    browser.until("document.getElementById('problem').innerText.includes('Sign in')");
    browser.run(
        "window.heard = 0; new EventSource(document.body.dataset.signals)"
            + ".addEventListener('view', () => heard++)");
    browser.until("heard > 0");
    stub.status(200);
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.until("heard > 1"); // and so has the page
    assertThat(readings()).as("as long as nobody has signed in").isEqualTo(1);
    browser.click("#pause");
    browser.click("#pause");
    browser.until("document.querySelectorAll('.member').length === 1");
  }

  private long readings() {
    return browser.requested().stream()
        .filter(uri -> uri.getPort() == stub.page().getPort())
        .filter(uri -> uri.getPath().equals("/actuator/gossip"))
        .count();
  }

  @Test
  void longNamesAndSuchAsAreReadFromTheRightStayInTheirPlaces() throws IOException {
    String length = "x".repeat(255);
    String right = "\u05e9\u05dc\u05d5\u05dd-1";
    String disguised = "shop-\u202e1-kcots";
    stub.event("JOINED", length, length, List.of(length, right));
    stub.set(
        Stub.member("shop-1", "shop", "a"),
        Stub.member(length, length, length, "SUSPECT", List.of(right), Map.of(length, length)),
        Stub.member(right, "shop", right),
        Stub.member(disguised, "shop", "a"));
    for (int width : new int[] {1200, 400}) {
      size(width, 900);
      browser.open(stub.page());
      browser.until("document.querySelectorAll('.member').length === 4");
      browser.until("document.querySelectorAll('#timeline li').length === 1");
      browser.click("[data-state=SUSPECT].member");
      browser.until("document.querySelectorAll('.trail li').length > 0");
      assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(width);
      assertThat(
              browser
                  .run("return document.getElementById('member').scrollWidth - innerWidth")
                  .asInt())
          .isLessThanOrEqualTo(0);
      browser.press(Browser.ESCAPE);
    }
    assertThat(browser.text("return document.body.innerText"))
        .contains("shop-\ufffd1-kcots")
        .doesNotContain("\u202e");
    browser.command("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  @Test
  void ofTooManyThePageSaysWhatItDoesNotShow() throws IOException {
    stub.omit(234);
    stub.cut(IntStream.range(0, 200).mapToObj(i -> "zone-" + i).toArray(String[]::new));
    stub.set(
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    Stub.member(
                        "member-" + i,
                        "service-" + i % 250,
                        "zone-" + i % 250,
                        i < 300 ? "SUSPECT" : "ALIVE",
                        i < 300 ? List.of("member-999") : List.of(),
                        Map.of()))
            .toArray(GossipDescriptor.Member[]::new));
    size(1200, 900);
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 1000");
    assertThat(browser.text("return document.getElementById('omitted').innerText"))
        .isEqualTo(
            "This page lists the first 1000 members by name."
                + " 234 more are in the figures above, and nowhere else here.");
    assertThat(browser.text("return document.getElementById('tiles').innerText"))
        .contains("zone-0, zone-1, zone-2 and 197 more")
        .doesNotContain("zone-3");
    assertThat(browser.run("return document.querySelectorAll('.zone').length").asInt())
        .isEqualTo(250);
    assertThat(browser.run("return document.querySelectorAll('#services details').length").asInt())
        .isEqualTo(250);
    assertThat(browser.text("return document.getElementById('services-note').innerText"))
        .isEqualTo("Of the members listed here only.");
    assertThat(browser.run("return document.querySelectorAll('.arrows line').length").asInt())
        .isZero();
    assertThat(browser.text("return document.getElementById('accused-note').innerText"))
        .isEqualTo("And 250 more are accused. There are too many accusations for arrows.");
    browser.command("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  @Test
  void figuresAreOneRowAndFiveHundredInManyZonesAreTwoScreens() throws IOException {
    stub.set(
        IntStream.range(0, 500)
            .mapToObj(i -> Stub.member("stock-" + i, "stock", "eu-west-" + i % 200))
            .toArray(GossipDescriptor.Member[]::new));
    size(1200, 900);
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 500");
    assertThat(tops("#tiles > div")).hasSize(8).containsOnly(tops("#tiles > div").get(0));
    String height = "return document.getElementById('map').getBoundingClientRect().height";
    assertThat(browser.run(height).asInt()).isLessThan(2 * 900);
    size(400, 900);
    assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(400);
    assertThat(tops("main > section, .columns > section"))
        .as("one below the other")
        .doesNotHaveDuplicates()
        .isSorted();
    browser.command("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  private static List<Integer> tops(String selector) {
    List<Integer> tops = new ArrayList<>();
    String script =
        "return [...document.querySelectorAll(arguments[0])]"
            + ".map(e => Math.round(e.getBoundingClientRect().top))";
    browser.run(script, selector).forEach(top -> tops.add(top.asInt()));
    return tops;
  }

  private static void size(int width, int height) {
    browser.command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  @Test
  void whatIsSeenIsAlsoSaid() throws IOException {
    stub.set(Stub.member("shop-1", "shop", "a"), Stub.member("stock-1", "stock", "b"));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 2");
    assertThat(browser.text("return document.querySelector('[data-id=stock-1]').ariaLabel"))
        .isEqualTo("stock-1, alive, stock UP, zone b");
    stub.set(Stub.member("stock-1", "stock", "b", "DEAD", List.of(), Map.of()));
    browser.until("document.getElementById('said').textContent === 'stock-1 failed'");
    assertThat(browser.text("return document.getElementById('said').ariaLive")).isEqualTo("polite");
  }

  @Test
  void whoMayNotReadIsToldAndShownNothing() throws IOException {
    stub.status(403);
    browser.open(stub.page());
    browser.until("document.getElementById('problem').textContent.includes('You may not read')");
    assertThat(browser.run("return document.querySelectorAll('.member').length").asInt()).isZero();
    stub.status(200);
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.until("document.querySelectorAll('.member').length === 1");
    browser.until("document.getElementById('problem').hidden");
  }

  @Test
  void coloursFollowTheSystemAndTheUser() throws IOException {
    stub.set(Stub.member("shop-1", "shop", "a"));
    String background = "return getComputedStyle(document.body).backgroundColor";
    scheme("light");
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 1");
    String light = browser.text(background);
    scheme("dark");
    String dark = browser.text(background);
    assertThat(dark).isNotEqualTo(light);
    browser.click("#theme");
    assertThat(browser.text(background)).isEqualTo(light);
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 1");
    assertThat(browser.text(background)).as("after a reload").isEqualTo(light);
    browser.run("localStorage.clear()");
  }

  private static void scheme(String name) {
    browser.command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
  }

  /** Of other hosts nothing was asked, and nobody complained, of the policy neither. */
  private static void assertNothingElseWasAsked() {
    assertThat(browser.requested())
        .isNotEmpty()
        .allMatch(uri -> Objects.equals(uri.getHost(), "127.0.0.1"), "of this machine");
    assertThat(browser.complaints())
        .allMatch(said -> said.contains("/gossipevents") && said.contains("404"), "a missing one");
  }
}

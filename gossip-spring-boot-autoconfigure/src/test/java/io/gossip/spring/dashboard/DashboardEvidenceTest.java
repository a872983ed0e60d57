package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.membership.MemberStatus;
import io.gossip.spring.Cluster;
import io.gossip.spring.actuate.GossipDescriptor;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What the page shows of a member and of what speaks against it. */
@InBrowser
class DashboardEvidenceTest {

  @Test
  void aKilledMemberTurnsRedWithoutAReloadAndItsEvidenceSaysWhy(Browser browser) {
    try (Cluster cluster = new Cluster()) {
      ConfigurableApplicationContext shop =
          cluster.web(
              "shop",
              "gossip.dashboard.enabled=true",
              "management.endpoints.web.exposure.include=gossip,gossipevents",
              "gossip.instance.zone=a");
      cluster.plain("stock", "gossip.instance.zone=b");
      ConfigurableApplicationContext victim =
          cluster.plain(
              "pricing",
              "gossip.instance.zone=b",
              "gossip.instance.metadata.motto=<script>alert(1)</script>");
      String id = Cluster.node(victim).id().value();
      browser.open(Cluster.management(shop, "/actuator/gossipdashboard"));
      browser.until("document.querySelectorAll('.member[data-state=ALIVE]').length === 3");
      browser.until("document.getElementById('link').dataset.link === 'live'");
      browser.run("window.neverReloaded = true");
      Cluster.node(victim).stop();
      await()
          .atMost(Cluster.PATIENCE)
          .until(() -> Cluster.node(shop).members().count(MemberStatus.DEAD) == 1);
      browser.until(
          "document.querySelector(`[data-id='${arguments[0]}']`).dataset.state === 'DEAD'", id);
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
      String own = Cluster.node(shop).id().value();
      assertThat(browser.text("return document.querySelector('.trail').innerText"))
          .containsPattern("local health: (" + own + "|stock-\\w+) \\d")
          .contains("declared dead by");
      browser.until("document.getElementById('member').textContent.includes('dead')");
      assertThat(browser.text("return document.getElementById('member').textContent"))
          .contains("<script>alert(1)</script>")
          .contains(id);
      browser.assertNothingElseWasAsked();
    }
  }

  @Test
  void evidenceIsToldToTheMillisecondAndInWordsThatAStrangerUnderstands(Browser browser, Stub stub)
      throws IOException {
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
  void aMemberIsReadWhateverItsNameAndSaidToBeGoneWhenItIs(Browser browser, Stub stub)
      throws IOException {
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
    browser.assertNothingElseWasAsked();
  }

  @Test
  void aMemberThatOffersNothingStandsInItsZone(Browser browser, Stub stub) throws IOException {
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
  void whatThisNodeSuspectedAndWhatAnybodyRefutedAreToldApart(Browser browser, Stub stub)
      throws IOException {
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 1");
    assertThat(browser.text("return document.querySelector('#node').textContent"))
        .contains("1 raised here; 3 refuted, whoever raised them")
        .contains("0 declared here; 2 came back, whoever declared them");
  }
}

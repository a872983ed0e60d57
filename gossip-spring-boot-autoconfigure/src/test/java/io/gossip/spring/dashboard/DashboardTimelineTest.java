package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page tells of the past. */
@InBrowser
class DashboardTimelineTest {

  @Test
  void theTimelineIsWhatTheNodeTellsWithItsReasons(Browser browser, Stub stub) throws IOException {
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
  void whereTheNodeTellsNoneTheTimelineIsWhatThePageHasSeen(Browser browser, Stub stub)
      throws IOException {
    stub.tellNoEvents();
    stub.set(Stub.member("shop-1", "shop", "a"), Stub.member("stock-1", "stock", "b"));
    browser.open(stub.page());
    browser.until(
        "document.getElementById('timeline-source').textContent.includes('gossipevents')");
    stub.set(Stub.member("stock-1", "stock", "b", "SUSPECT", List.of("shop-1"), Map.of()));
    browser.until("document.getElementById('timeline').innerText.includes('stock-1 is suspected')");
    browser.assertNothingElseWasAsked();
  }

  @Test
  void anotherProcessBeginsAnotherTimeline(Browser browser, Stub stub) throws IOException {
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
  void ofMoreThanItCanReadAtOnceTheTimelineHasTheLatest(Browser browser, Stub stub)
      throws IOException {
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
}

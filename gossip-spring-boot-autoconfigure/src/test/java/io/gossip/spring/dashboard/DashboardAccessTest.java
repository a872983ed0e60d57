package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page for those who have no mouse, who listen to it, or who want it dark. */
@InBrowser
class DashboardAccessTest {

  @Test
  void allOfItCanBeDoneWithTheKeyboard(Browser browser, Stub stub) throws IOException {
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
  void whatIsSeenIsAlsoSaid(Browser browser, Stub stub) throws IOException {
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
  void coloursFollowTheSystemAndTheUser(Browser browser, Stub stub) throws IOException {
    stub.set(Stub.member("shop-1", "shop", "a"));
    String background = "return getComputedStyle(document.body).backgroundColor";
    browser.scheme("light");
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 1");
    String light = browser.text(background);
    browser.scheme("dark");
    String dark = browser.text(background);
    assertThat(dark).isNotEqualTo(light);
    browser.click("#theme");
    assertThat(browser.text(background)).isEqualTo(light);
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 1");
    assertThat(browser.text(background)).as("after a reload").isEqualTo(light);
    browser.run("localStorage.clear()");
  }
}

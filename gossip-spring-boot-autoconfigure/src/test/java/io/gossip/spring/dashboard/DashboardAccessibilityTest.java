package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What those need of the page who hear it, have no mouse, or see few colours. */
@InBrowser
class DashboardAccessibilityTest {

  private Browser browser;
  private Stub stub;

  @BeforeEach
  void openThePage(Browser given, Stub madeUp) throws IOException {
    browser = given;
    stub = madeUp;
    stub.event("FAILED", "stock-2", "connection refused", List.of("shop-1"));
    stub.set(
        Stub.member("shop-1", "shop", "a"),
        Stub.member("stock-1", "stock", "b", "SUSPECT", List.of("shop-1"), Map.of()),
        Stub.member("stock-2", "stock", "b", "DEAD", List.of("shop-1"), Map.of()));
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 3");
    browser.until("document.querySelector('#timeline button') !== null");
  }

  @Test
  void whatCanBeUsedHasANameThatBeginsWithWhatIsSeenOfIt() {
    openMember("stock-2");
    String unnamed =
        """
        const name = (each) => each.ariaLabel || each.labels?.[0]?.innerText || each.innerText
            || document.getElementById(each.getAttribute('aria-labelledby'))?.innerText || '';
        const plain = (text) => text.replace(/[^\\p{L}\\p{N}]+/gu, ' ').trim();
        const seen = (each) => plain([...each.querySelectorAll('span:not([aria-hidden])')]
            .map((part) => part.innerText).join(' '));
        return [...document.querySelectorAll(
                'button, input, meter, summary, [tabindex="0"], [role=dialog], [role=group], [role=img]')]
            .filter((each) => name(each).trim() === ''
                || (each.matches('.member') && !plain(name(each)).startsWith(seen(each))))
            .map((each) => each.outerHTML)""";
    assertThat(browser.run(unnamed)).extracting(JsonNode::asString).isEmpty();
  }

  @Test
  void theStructureIsOneThatHtmlAllows() {
    String wrong =
        """
        const among = (parents, children) => [...document.querySelectorAll(`:is(${parents}) > *`)]
            .filter((each) => !each.matches(children)).map((each) => each.outerHTML);
        return [...among('dl', 'div'), ...among('dl > div', 'dt, dd'), ...among('ul, ol', 'li'),
            ...[...document.querySelectorAll('aside[role]')].map((each) => each.outerHTML)]""";
    assertThat(browser.run(wrong)).extracting(JsonNode::asString).isEmpty();
  }

  @Test
  void whatHasTheFocusIsNeverBehindThePanelAndEscapeDoesNotMoveIt() {
    browser.command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 1280, "height", 700, "deviceScaleFactor", 1, "mobile", false));
    openMember("stock-2");
    browser.run("document.querySelector('.member').focus()");
    assertThat(panelIsOpen()).as("beside what has the focus").isTrue();
    browser.press(Browser.ESCAPE);
    assertThat(browser.text("return document.activeElement.dataset.id")).isEqualTo("shop-1");
    openMember("stock-2");
    browser.run("document.querySelector('#timeline button').focus()");
    assertThat(panelIsOpen()).as("over what has the focus").isFalse();
    assertThat(browser.text("return document.activeElement.dataset.member")).isEqualTo("stock-2");
  }

  @Test
  void theStickyHeaderDoesNotCoverWhatTheSkipLinkLeadsTo() {
    browser.command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 1280, "height", 700, "deviceScaleFactor", 1, "mobile", false));
    browser.run("location.hash = 'map-title'");
    browser.until("scrollY > 0");
    String top = "return %s.getBoundingClientRect().%s";
    assertThat(browser.run(top.formatted("document.querySelector('h2')", "top")).asInt())
        .isGreaterThanOrEqualTo(
            browser.run(top.formatted("document.querySelector('header')", "bottom")).asInt());
  }

  @Test
  void whatIsOldLosesItsColourAndNotItsContrast() {
    stub.status(500);
    browser.until("'stale' in document.querySelector('main').dataset");
    String faded =
        """
        return [...document.querySelectorAll('main section')]
            .filter((each) => getComputedStyle(each).opacity !== '1')
            .map((each) => each.innerText)""";
    assertThat(browser.run(faded)).extracting(JsonNode::asString).isEmpty();
    assertThat(browser.text("return getComputedStyle(document.querySelector('.tiles')).filter"))
        .isEqualTo("grayscale(1)");
  }

  private void openMember(String id) {
    browser.click("[data-id='" + id + "']");
    browser.until("document.querySelectorAll('.trail li').length === 2");
  }

  private boolean panelIsOpen() {
    return browser.run("return !document.getElementById('member').hidden").asBoolean();
  }
}

package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.spring.actuate.GossipDescriptor;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What names and words of members can do to the page: nothing. */
@InBrowser
class DashboardHostilityTest {

  @Test
  void hostileTextStaysText(Browser browser, Stub stub) throws IOException {
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
    browser.run("document.querySelector('[data-state=SUSPECT].member').click()");
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
    browser.assertNothingElseWasAsked();
  }

  @Test
  void aScriptThatGotInWouldNotRun(Browser browser, Stub stub) throws IOException {
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
  void longNamesAndSuchAsAreReadFromTheRightStayInTheirPlaces(Browser browser, Stub stub)
      throws IOException {
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
      browser.size(width, 900);
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
  }
}

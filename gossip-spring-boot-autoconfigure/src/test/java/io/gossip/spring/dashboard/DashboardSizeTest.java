package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.spring.actuate.GossipDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page with hundreds of members. */
@InBrowser
class DashboardSizeTest {

  @Test
  void fiveHundredAreShownAndAChangeTouchesOnlyWhatItConcerns(Browser browser, Stub stub)
      throws IOException {
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
    browser.until("document.querySelector('[data-id=stock-250]').dataset.state === 'SUSPECT'");
    browser.until("document.querySelectorAll('.arrows line').length === 1");
    assertThat(browser.run("return [...new Set(touched)]"))
        .extracting(each -> Objects.requireNonNull(each).asString())
        .containsExactlyInAnyOrder("stock-250", "quiet count");
    browser.click("#search");
    browser.press("stock-25");
    browser.until("document.getElementById('shown').textContent === '11 of 500 shown'");
    browser.click("[data-filter=ALIVE]");
    browser.until("document.getElementById('shown').textContent === '1 of 500 shown'");
    browser.assertNothingElseWasAsked();
  }

  @Test
  void ofTooManyThePageSaysWhatItDoesNotShow(Browser browser, Stub stub) throws IOException {
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
    browser.size(1200, 900);
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
  }

  @Test
  void figuresAreOneRowAndFiveHundredInManyZonesAreTwoScreens(Browser browser, Stub stub)
      throws IOException {
    stub.set(
        IntStream.range(0, 500)
            .mapToObj(i -> Stub.member("stock-" + i, "stock", "eu-west-" + i % 200))
            .toArray(GossipDescriptor.Member[]::new));
    browser.size(1200, 900);
    browser.open(stub.page());
    browser.until("document.querySelectorAll('.member').length === 500");
    assertThat(tops(browser, "#tiles > div"))
        .hasSize(8)
        .containsOnly(tops(browser, "#tiles > div").get(0));
    String height = "return document.getElementById('map').getBoundingClientRect().height";
    assertThat(browser.run(height).asInt()).isLessThan(2 * 900);
    browser.size(400, 900);
    assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(400);
    assertThat(tops(browser, "main > section, .columns > section"))
        .as("one below the other")
        .doesNotHaveDuplicates()
        .isSorted();
  }

  private static List<Integer> tops(Browser browser, String selector) {
    List<Integer> tops = new ArrayList<>();
    String script =
        "return [...document.querySelectorAll(arguments[0])]"
            + ".map(e => Math.round(e.getBoundingClientRect().top))";
    browser.run(script, selector).forEach(top -> tops.add(top.asInt()));
    return tops;
  }
}

package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page says where it gets no answer, or not the one that it understands. */
@InBrowser
class DashboardRefusalsTest {

  @ParameterizedTest
  @CsvSource({
    "403, 'You may not read the members'",
    "404, 'There is nothing to read of the members (404)'",
    "500, 'The application could not tell the members (500)'"
  })
  void whatCannotBeReadAnyMoreIsSaidAndWhatStandsThereIsMarkedAsOld(
      int status, String sentence, Browser browser, Stub stub) throws IOException {
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
  void anAnswerOfAnotherKindIsSaidAndOvercome(String body, Browser browser, Stub stub)
      throws IOException {
    stub.answerInstead(body);
    browser.open(stub.page());
    browser.until("!document.getElementById('problem').hidden");
    stub.answerInstead(null);
    stub.set(Stub.member("shop-1", "shop", "a"));
    browser.until("document.querySelectorAll('.member').length === 1");
    browser.until("document.getElementById('problem').hidden");
  }

  @Test
  void whoMayNotReadIsToldAndShownNothing(Browser browser, Stub stub) throws IOException {
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
  void whoHasToSignInIsNotAskedForAPasswordEveryTwoSeconds(Browser browser, Stub stub)
      throws IOException {
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
    assertThat(readings(browser, stub)).as("as long as nobody has signed in").isEqualTo(1);
    browser.click("#pause");
    browser.click("#pause");
    browser.until("document.querySelectorAll('.member').length === 1");
  }

  private static long readings(Browser browser, Stub stub) {
    return browser.requested().stream()
        .filter(uri -> uri.getPort() == stub.page().getPort())
        .filter(uri -> uri.getPath().equals("/actuator/gossip"))
        .count();
  }
}

package io.gossip.spring.dashboard;

import io.gossip.spring.actuate.GossipDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Takes the pictures of docs/observability: the page as it is, with clusters that are made up. To
 * be run from an IDE, with the directory to write to.
 */
final class DashboardPictures {

  private static final int READINGS = 45;

  private static final String[][] TWELVE = {
    {"shop-1", "shop", "eu-1a"},
    {"shop-2", "shop", "eu-1b"},
    {"stock-1", "stock", "eu-1a"},
    {"stock-2", "stock", "eu-1b"},
    {"stock-3", "stock", "eu-1c"},
    {"stock-4", "stock", "eu-1c"},
    {"pricing-1", "pricing", "eu-1a"},
    {"pricing-2", "pricing", "eu-1c"},
    {"mail-1", "mail", "eu-1b"},
    {"ledger-1", "ledger", "eu-1a"},
    {"ledger-2", "ledger", "eu-1b"},
    {"ledger-3", "ledger", "eu-1c"}
  };

  private static final String[] ZONES = {"eu-1a", "eu-1b", "eu-1c", "eu-2a"};

  private DashboardPictures() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    try (Browser browser = Browser.start()) {
      twelve(browser, directory);
      fiveHundred(browser, directory);
    }
  }

  private static void twelve(Browser browser, Path directory) throws Exception {
    try (Stub stub = new Stub()) {
      for (String[] each : TWELVE) {
        stub.event("JOINED", each[0], null, null);
        stub.set(Stub.member(each[0], each[1], each[2]));
      }
      size(browser, 1000);
      scheme(browser, "light");
      browser.open(stub.page());
      browser.until("document.querySelectorAll('.member').length === 12");
      read(stub);
      stub.event("LEFT", "mail-1", null, null);
      stub.set(Stub.member("mail-1", "mail", "eu-1b", "LEFT", List.of(), Map.of()));
      read(stub);
      List<String> accusers = List.of("stock-1", "pricing-1");
      stub.event("FAILED", "stock-4", "shop-1: connection refused", List.of("shop-1"));
      stub.event("SUSPECTED", "ledger-2", "stock-1: no answer", accusers);
      stub.set(
          Stub.member("stock-4", "stock", "eu-1c", "DEAD", List.of("shop-1"), Map.of()),
          Stub.member("ledger-2", "ledger", "eu-1b", "SUSPECT", accusers, Map.of("team", "books")));
      browser.until("document.querySelectorAll('.arrows line').length === 3");
      read(stub);
      take(browser, directory.resolve("dashboard-light.png"));
      scheme(browser, "dark");
      browser.click("[data-id='ledger-2']");
      browser.until("document.querySelectorAll('.trail li').length > 0");
      take(browser, directory.resolve("dashboard-dark.png"));
      browser.press(Browser.ESCAPE);
    }
  }

  private static void fiveHundred(Browser browser, Path directory) throws Exception {
    try (Stub stub = new Stub()) {
      Random random = new Random(7);
      stub.set(
          IntStream.range(0, 500)
              .mapToObj(i -> anyMember(i, random.nextInt(100)))
              .toArray(GossipDescriptor.Member[]::new));
      size(browser, 860);
      scheme(browser, "light");
      browser.open(stub.page());
      browser.until("document.querySelectorAll('.member').length === 500");
      take(browser, directory.resolve("dashboard-500.png"));
    }
  }

  private static GossipDescriptor.Member anyMember(int index, int luck) {
    String service = TWELVE[index % TWELVE.length][1];
    String state = luck < 2 ? "DEAD" : luck < 3 ? "SUSPECT" : luck < 5 ? "LEFT" : "ALIVE";
    return Stub.member(
        service + "-" + (index + 1),
        service,
        ZONES[index / 3 % ZONES.length],
        state,
        luck == 2 ? List.of("shop-1", "stock-3") : List.of(),
        Map.of());
  }

  /** Has the page read often enough for its charts to show something. */
  private static void read(Stub stub) throws IOException, InterruptedException {
    for (int i = 0; i < READINGS / 3; i++) {
      Thread.sleep(1000);
      stub.signal();
    }
  }

  private static void size(Browser browser, int height) {
    browser.command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 1200, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  private static void scheme(Browser browser, String name) {
    browser.command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
  }

  private static void take(Browser browser, Path file) throws IOException, InterruptedException {
    Thread.sleep(1000); // colours fade
    Files.write(file, browser.picture());
  }
}

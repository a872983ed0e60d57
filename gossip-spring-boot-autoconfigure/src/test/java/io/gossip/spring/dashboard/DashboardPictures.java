package io.gossip.spring.dashboard;

import io.gossip.GossipNode;
import io.gossip.membership.NodeId;
import io.gossip.spring.Cluster;
import io.gossip.spring.actuate.GossipDescriptor;
import io.gossip.swim.SwimConfig;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Takes the pictures of docs/observability: of an application and eleven nodes in this process, of
 * which one leaves, one is stopped without a word, and one hangs; and of five hundred members that
 * are made up. To be run from an IDE, with the directory to write to.
 */
final class DashboardPictures {

  private static final String[][] TWELVE = {
    {"shop-1", "shop", "eu-1a"},
    {"shop-2", "shop", "eu-1b"},
    {"inventory-1", "inventory", "eu-1a"},
    {"inventory-2", "inventory", "eu-1b"},
    {"inventory-3", "inventory", "eu-1c"},
    {"inventory-4", "inventory", "eu-1c"},
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
    CountDownLatch hang = new CountDownLatch(1);
    Map<String, GossipNode> nodes = new LinkedHashMap<>();
    try (Cluster cluster = new Cluster()) {
      ConfigurableApplicationContext shop =
          cluster.web(
              "shop",
              "gossip.dashboard.enabled=true",
              "management.endpoints.web.exposure.include=gossip,gossipevents",
              "gossip.cluster-name=shop",
              "gossip.profile=lan",
              "gossip.swim.probe-interval=1s",
              "gossip.swim.probe-timeout=500ms",
              "gossip.node-id=" + TWELVE[0][0],
              "gossip.instance.zone=" + TWELVE[0][2],
              "gossip.instance.version=2.4.0");
      browser.size(1200, 1300);
      browser.scheme("light");
      browser.open(Cluster.management(shop, "/actuator/gossipdashboard"));
      for (int i = 1; i < TWELVE.length; i++) {
        nodes.put(TWELVE[i][0], start(TWELVE[i], 8080 + i, Cluster.node(shop)));
        pass(1);
      }
      browser.until("document.querySelectorAll('.member[data-state=ALIVE]').length === 12");
      pass(20);
      node(nodes, "pricing-2").put("service.status", "OUT_OF_SERVICE");
      pass(10);
      node(nodes, "mail-1").leave();
      pass(10);
      node(nodes, "pricing-2").put("service.status", "UP");
      pass(5);
      String killed = kill(nodes, Cluster.node(shop));
      pass(5);
      hang(node(nodes, "ledger-2"), hang);
      browser.until("document.querySelector('.member[data-state=SUSPECT]') !== null");
      take(browser, directory.resolve("dashboard-light.png"));
      browser.scheme("dark");
      browser.click("[data-id='" + killed + "']");
      browser.until("document.querySelector('.trail li[data-step=DEAD]') !== null");
      take(browser, directory.resolve("dashboard-dark.png"));
      browser.press(Browser.ESCAPE);
    } finally {
      hang.countDown();
      nodes.values().forEach(GossipNode::close);
    }
  }

  private static GossipNode node(Map<String, GossipNode> nodes, String name) {
    return Objects.requireNonNull(nodes.get(name));
  }

  /** Stops nodes without a word until it is one of which the application finds out by itself. */
  private static String kill(Map<String, GossipNode> nodes, GossipNode witness) throws Exception {
    for (int i = 2; i < TWELVE.length; i++) {
      String name = TWELVE[i][0];
      if (name.equals("mail-1") || name.equals("ledger-2")) {
        continue;
      }
      node(nodes, name).stop();
      pass(5);
      if (witness.trail(new NodeId(name)).toCompletableFuture().get().size() > 2) {
        return name;
      }
      node(nodes, name).close();
      nodes.put(name, start(TWELVE[i], 8080 + i, witness));
      pass(2);
    }
    throw new IllegalStateException("others were always faster: try again");
  }

  private static GossipNode start(String[] what, int port, GossipNode seed) {
    String cluster = seed.report().toCompletableFuture().join().cluster();
    int seedPort = seed.report().toCompletableFuture().join().bound().getPort();
    Map<String, String> state = new TreeMap<>();
    state.put("service.id", what[1]);
    state.put("service.host", "127.0.0.1");
    state.put("service.port", Integer.toString(port));
    state.put("service.status", "UP");
    state.put("service.version", "1.7." + port % 3);
    state.put("meta.team", what[1].equals("ledger") ? "books" : "shop");
    GossipNode node =
        GossipNode.builder()
            .id(what[0])
            .cluster(cluster)
            .swim(SwimConfig.lan().toBuilder().cluster(cluster).build())
            .bindHost(InetAddress.getLoopbackAddress())
            .bindPort(0)
            .seeds("127.0.0.1:" + seedPort)
            .zone(what[2])
            .state(state)
            .build();
    node.start();
    return node;
  }

  /** Keeps the thread of a node, as a long pause would; it is the one that completes reports. */
  private static void hang(GossipNode node, CountDownLatch end) throws InterruptedException {
    Thread caller = Thread.currentThread();
    CountDownLatch hangs = new CountDownLatch(1);
    Runnable hang =
        () -> {
          if (Thread.currentThread() != caller) { // else the report was there already
            hangs.countDown();
            await(end);
          }
        };
    do {
      node.report().thenRun(hang);
    } while (!hangs.await(50, TimeUnit.MILLISECONDS));
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fiveHundred(Browser browser, Path directory) throws Exception {
    try (Stub stub = new Stub()) {
      Random random = new Random(7);
      stub.set(
          IntStream.range(0, 500)
              .mapToObj(i -> anyMember(i, random.nextInt(100)))
              .toArray(GossipDescriptor.Member[]::new));
      browser.size(1200, 860);
      browser.scheme("light");
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
        luck == 2 ? List.of("shop-1", "inventory-3") : List.of(),
        Map.of());
  }

  /** Time, for something to be seen on the page's charts. */
  private static void pass(int seconds) throws InterruptedException {
    Thread.sleep(1000L * seconds);
  }

  private static void take(Browser browser, Path file) throws IOException, InterruptedException {
    Thread.sleep(400); // colours fade
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(browser.picture()));
    ImageIO.write(fewer(picture), "png", file.toFile());
  }

  /** The same with its 256 most frequent colours, which makes a file less than half as large. */
  private static BufferedImage fewer(BufferedImage picture) {
    int width = picture.getWidth();
    int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
    int[] palette =
        IntStream.of(pixels)
            .boxed()
            .collect(Collectors.groupingBy(colour -> colour, Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
            .limit(256)
            .mapToInt(Map.Entry::getKey)
            .toArray();
    IndexColorModel colours =
        new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage result =
        new BufferedImage(width, picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
    Map<Integer, Integer> nearest = new HashMap<>();
    for (int i = 0; i < pixels.length; i++) {
      int index = nearest.computeIfAbsent(pixels[i], colour -> nearest(palette, colour));
      result.getRaster().setSample(i % width, i / width, 0, index);
    }
    return result;
  }

  private static int nearest(int[] palette, int colour) {
    int best = 0;
    for (int i = 1; i < palette.length; i++) {
      if (distance(palette[i], colour) < distance(palette[best], colour)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int difference = (one >> shift & 0xff) - (other >> shift & 0xff);
      sum += difference * difference;
    }
    return sum;
  }
}

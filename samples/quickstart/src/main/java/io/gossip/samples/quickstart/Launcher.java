package io.gossip.samples.quickstart;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Starts all instances, tells when the shop is open, and ends when they have. */
final class Launcher {

  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

  private final String classPath = ownClassPath();
  private final List<ChildProcess> children = new CopyOnWriteArrayList<>(); // read while stopping
  private volatile boolean stopping;

  void run() throws IOException, InterruptedException {
    List<String> taken = takenPorts();
    if (!taken.isEmpty()) {
      System.err.println("Cannot start, because these ports are taken: " + taken);
      System.exit(1);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop")); // Ctrl-C, SIGTERM, exit
    System.out.println("Starting " + Instance.values().length + " processes ...");
    for (Instance instance : Instance.values()) {
      children.add(ChildProcess.start(instance, classPath));
    }
    String order = awaitOrder();
    System.out.println(Guide.text(children, classPath, order));
    for (ChildProcess child : children) {
      child.onEnd(status -> reportEnd(child.instance(), status));
    }
    for (ChildProcess child : children) {
      child.awaitEnd();
    }
  }

  /** What the children run on: the jar this class came from, or the class path of an IDE. */
  private static String ownClassPath() {
    String origin = Launcher.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return origin.endsWith(".jar") ? origin : System.getProperty("java.class.path");
  }

  private static List<String> takenPorts() {
    List<String> taken = new ArrayList<>();
    for (Instance instance : Instance.values()) {
      if (!isFree(instance.webPort())) {
        taken.add(instance.webPort() + " (web, " + instance.id() + ")");
      }
      if (!isFree(instance.gossipPort())) {
        taken.add(instance.gossipPort() + " (gossip, " + instance.id() + ")");
      }
    }
    return taken;
  }

  private static boolean isFree(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.bind(address);
      udp.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until all are up and an order is answered, which takes the three to have met. */
  private String awaitOrder() throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    for (ChildProcess child : children) {
      await(client, child.instance().url("/actuator/health"), deadline);
    }
    return await(client, Instance.SHOP.url("/order/apple"), deadline);
  }

  private String await(HttpClient client, URI url, long deadline) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build();
    while (true) {
      String obstacle;
      try {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return response.body();
        }
        obstacle = "status " + response.statusCode();
      } catch (IOException e) {
        obstacle = e.toString();
      }
      for (ChildProcess child : children) {
        if (!child.isAlive()) {
          giveUp(child.instance().id() + " has ended; its last lines say why.");
        }
      }
      if (System.nanoTime() - deadline > 0) {
        giveUp(url + " does not answer: " + obstacle);
      }
      Thread.sleep(200);
    }
  }

  private void giveUp(String why) {
    if (!stopping) { // else Ctrl-C was the reason
      System.err.println(why);
    }
    System.exit(1); // stops the others, see run()
  }

  private void reportEnd(Instance instance, int status) {
    if (!stopping) {
      System.out.printf(
          "%s has ended with status %d. To start it again, in another terminal:%n  %s%n",
          instance.id(), status, Guide.startCommand(instance, classPath));
    }
  }

  private void stop() {
    stopping = true;
    System.out.println("Stopping ...");
    children.forEach(ChildProcess::stop);
    long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
    for (ChildProcess child : children) {
      child.awaitStop(deadline);
    }
    System.out.println("Stopped.");
  }
}

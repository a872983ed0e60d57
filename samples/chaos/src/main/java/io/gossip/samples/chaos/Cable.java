package io.gossip.samples.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Two network namespaces of our own, with a cable between them: one side is for everybody, the
 * other for one host. Pulled out, packets vanish both ways and nobody is told, for each side keeps
 * the other's link-layer address. Needs root and the program {@code ip}; touches nothing else.
 */
final class Cable implements AutoCloseable {

  static final String NEAR_HOST = "10.98.76.1";
  static final String FAR_HOST = "10.98.76.2";
  private static final String NEAR_MAC = "02:00:00:00:98:01";
  private static final String FAR_MAC = "02:00:00:00:98:02";

  private final String near = "chaos-" + ProcessHandle.current().pid() + "-near";
  private final String far = "chaos-" + ProcessHandle.current().pid() + "-far";

  Cable() {
    ip("netns", "add", near);
    ip("netns", "add", far);
    ip(
        "-n", near, "link", "add", "eth0", "address", NEAR_MAC, "type", "veth", "peer", "name",
        "eth0", "address", FAR_MAC, "netns", far);
    plug(near, NEAR_HOST, FAR_HOST, FAR_MAC);
    plug(far, FAR_HOST, NEAR_HOST, NEAR_MAC);
  }

  private static void plug(String namespace, String own, String other, String otherMac) {
    ip("-n", namespace, "link", "set", "lo", "up");
    ip("-n", namespace, "addr", "add", own + "/24", "dev", "eth0");
    ip("-n", namespace, "link", "set", "eth0", "up");
    ip(
        "-n",
        namespace,
        "neigh",
        "replace",
        other,
        "lladdr",
        otherMac,
        "dev",
        "eth0",
        "nud",
        "permanent");
  }

  /** Whether this user can have one on this machine. */
  static boolean isPossible() {
    try {
      return run(List.of("ip", "netns", "list")) == 0
          && "root".equals(System.getProperty("user.name"));
    } catch (IOException e) {
      return false;
    }
  }

  /** What a command line begins with that is to run on the side for everybody, or on the other. */
  List<String> prefix(boolean alone) {
    return List.of("ip", "netns", "exec", alone ? far : near);
  }

  /** Packets vanish from now on. */
  void pull() {
    // The link stays up; but what comes in is for nobody now, and is dropped without a word.
    ip("-n", far, "addr", "flush", "dev", "eth0");
  }

  private static void ip(String... args) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(args));
    try {
      if (run(command) != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int run(List<String> command) throws IOException {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectErrorStream(true)
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    ip("netns", "del", near); // the interfaces go with it
    ip("netns", "del", far);
  }
}

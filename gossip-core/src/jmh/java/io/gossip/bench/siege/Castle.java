package io.gossip.bench.siege;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A cluster under siege: the victim in one process, its peers in another. */
final class Castle implements AutoCloseable {

  private final GarrisonProcess victim;
  private final GarrisonProcess peers;
  private final Mode mode;
  private final int members;
  private final Optional<Path> certificates;
  private int key = 1;

  Castle(Mode mode, int members) throws IOException {
    this.mode = mode;
    this.members = members;
    certificates = mode == Mode.TLS ? Optional.of(Secrets.writeCertificates()) : Optional.empty();
    Path file = certificates.orElse(Path.of("none"));
    victim = new GarrisonProcess(mode, file, 1, "victim", List.of());
    peers = new GarrisonProcess(mode, file, members - 1, "peer", victim.addresses());
    settle();
    pause(3_000); // until watch links stand and listeners' threads have gone
  }

  Mode mode() {
    return mode;
  }

  int members() {
    return members;
  }

  /** The number of the key that is in use. */
  int key() {
    return key;
  }

  /** The members have changed to the key of that number. */
  void key(int number) {
    key = number;
  }

  GarrisonProcess victim() {
    return victim;
  }

  GarrisonProcess peers() {
    return peers;
  }

  /** Where the victim listens. */
  InetSocketAddress target() {
    String[] parts = victim.addresses().get(0).split(":", -1);
    return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
  }

  /** Waits until all views are equal and full. */
  void settle() {
    for (GarrisonProcess each : List.of(victim, peers)) {
      if (!Boolean.parseBoolean(each.ask("settle " + members))) {
        throw new IllegalStateException("all views must come to " + members + " members");
      }
    }
  }

  /** Seconds until a new member had joined by way of the victim and had all others. */
  double newcomer() {
    long millis =
        Long.parseLong(peers.ask("newcomer " + victim.addresses().get(0) + " " + members));
    return millis < 0 ? Double.POSITIVE_INFINITY : millis / 1e3;
  }

  static void pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() throws IOException {
    peers.close();
    victim.close();
    if (certificates.isPresent()) {
      Files.deleteIfExists(certificates.get());
    }
  }
}

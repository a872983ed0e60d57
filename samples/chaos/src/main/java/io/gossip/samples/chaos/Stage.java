package io.gossip.samples.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one run: so many instances, and so many customers, all on loopback or in network
 * namespaces of our own.
 */
final class Stage implements AutoCloseable {

  private static final int LONGEST_START_SECONDS = 120;
  private static final int LONGEST_END_SECONDS = 60;
  private static final long BETWEEN_RESTARTS_MILLIS = 500;
  private static final long CALM_MICROS = 200_000;

  /** One that is called: what it is started with, and its process now. */
  private final class Instance {
    private final String name;
    private final int gossipPort;
    private final List<String> prefix;
    private final List<String> settings;
    private Child child;

    Instance(String name, int gossipPort, List<String> prefix, List<String> settings) {
      this.name = name;
      this.gossipPort = gossipPort;
      this.prefix = prefix;
      this.settings = settings;
      this.child = start();
    }

    final Child start() {
      return Child.start(
          name, prefix, Stock.class, settings, options.quiet, line -> notes.instance(name, line));
    }
  }

  private final Options options;
  private final @Nullable Cable cable;
  private final Notes notes = new Notes();
  private final List<Instance> instances = new ArrayList<>();
  private final List<Child> customers = new ArrayList<>();

  /**
   * Starts them, and waits until all customers see all instances.
   *
   * @param cable what the last instance is behind; {@code null} if it is like the others
   */
  Stage(Options options, @Nullable Cable cable) {
    this.options = options;
    this.cable = cable;
    String near = cable == null ? "127.0.0.1" : Cable.NEAR_HOST;
    List<Integer> ports = freePorts(options.instances + options.customers);
    String seeds = near + ":" + ports.get(0) + "," + near + ":" + ports.get(1);
    for (int i = 0; i < options.instances; i++) {
      String name = "inventory-" + (i + 1);
      boolean alone = cable != null && i == options.instances - 1;
      String host = alone ? Cable.FAR_HOST : near;
      instances.add(
          new Instance(
              name,
              ports.get(i),
              prefix(alone),
              List.of(
                  "--server.address=" + host,
                  "--server.port=" + freePorts(1).get(0),
                  "--gossip.cluster-name=chaos",
                  "--gossip.bind.host=" + host,
                  "--gossip.bind.port=" + ports.get(i),
                  "--gossip.seeds=" + seeds,
                  "--gossip.node-id=" + name)));
    }
    for (int i = 0; i < options.customers; i++) {
      int customer = i;
      customers.add(
          Child.start(
              "customer-" + (i + 1),
              prefix(false),
              Customer.class,
              List.of(
                  "--gossip.bind.host=" + near,
                  "--gossip.bind.port=" + ports.get(options.instances + i),
                  "--gossip.seeds=" + seeds,
                  "--gossip.node-id=customer-" + (i + 1),
                  "--rate=" + options.rate / options.customers,
                  "--spring.cloud.loadbalancer.retry.enabled=" + options.retry),
              options.quiet,
              line -> notes.customer(customer, line)));
    }
    await("all customers to see all instances", this::allAreInRotation);
  }

  private List<String> prefix(boolean alone) {
    return cable == null ? List.of() : cable.prefix(alone);
  }

  Notes notes() {
    return notes;
  }

  /** Lets the customers begin, and waits until the processes have become warm: a second of calm. */
  void open() {
    customers.forEach(Child::go);
    int second = (int) Math.ceil(options.rate);
    await("calls to be answered soon", () -> notes.areAnsweredWithin(second, CALM_MICROS));
  }

  /** Does it; returns the name of who was concerned last. */
  String strike(Fault fault) {
    Instance victim = instances.get(instances.size() - 1);
    switch (fault) {
      case KILL -> victim.child.kill();
      case TERM -> victim.child.terminate();
      case STOP2 -> stop(victim, 2_000, false);
      case STOP5 -> stop(victim, 5_000, false);
      case STOP10 -> stop(victim, 10_000, false);
      case JAM -> stop(victim, 2_000, true);
      case BLACKHOLE -> Objects.requireNonNull(cable).pull();
      case ROLLING -> instances.forEach(this::restart);
    }
    return victim.name;
  }

  private static void stop(Instance victim, long millis, boolean jammed) {
    victim.child.signal("STOP");
    long end = System.nanoTime() + millis * 1_000_000;
    try (Crowd crowd = jammed ? new Crowd(victim.gossipPort) : null) {
      if (crowd != null) {
        System.out.printf("Its accept queue is full with %d connections%n", crowd.size());
      }
      pause(Math.max(0, (end - System.nanoTime()) / 1_000_000));
      victim.child.signal("CONT");
    }
  }

  private void restart(Instance instance) {
    instance.child.terminate();
    instance.child.awaitEnd(LONGEST_END_SECONDS);
    instance.child = instance.start();
    await(instance.name + " to be back in rotation", this::allAreInRotation);
    pause(BETWEEN_RESTARTS_MILLIS);
  }

  private boolean allAreInRotation() {
    return notes.allHave(options.customers, options.instances);
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONGEST_START_SECONDS * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      customers.forEach(Stage::checkAlive);
      instances.forEach(instance -> checkAlive(instance.child));
      pause(5);
    }
  }

  private static void checkAlive(Child child) {
    if (!child.isAlive()) {
      throw new IllegalStateException(child.name() + " has ended; without --quiet it says why");
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends all processes that this started. */
  @Override
  public void close() {
    customers.forEach(Child::kill);
    instances.forEach(instance -> instance.child.kill());
    customers.forEach(child -> child.awaitEnd(LONGEST_END_SECONDS));
    instances.forEach(instance -> instance.child.awaitEnd(LONGEST_END_SECONDS));
  }

  private static List<Integer> freePorts(int count) {
    List<Integer> ports = new ArrayList<>();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int attempt = 0; ports.size() < count && attempt < 100 * count; attempt++) {
      try (ServerSocket tcp = new ServerSocket(0, 1, loopback);
          DatagramSocket udp = new DatagramSocket(null)) {
        udp.bind(new InetSocketAddress(loopback, tcp.getLocalPort()));
        if (!ports.contains(tcp.getLocalPort())) {
          ports.add(tcp.getLocalPort());
        }
      } catch (IOException e) {
        // taken for UDP: the next one
      }
    }
    if (ports.size() < count) {
      throw new UncheckedIOException(new IOException("no " + count + " free ports"));
    }
    return ports;
  }
}

package io.gossip.bench.siege;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.gossip.GossipNode;
import io.gossip.GossipNodeBuilder;
import io.gossip.crypto.Key;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.netty.Tls;
import io.gossip.swim.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Real members in a process of their own, which say on request how they are. Its {@link #main} is
 * what runs there: a command on each line of standard input, an answer to each on standard output.
 */
final class Garrison {

  /** What an answer's line begins with; everything else is for people. */
  static final String ANSWER = "= ";

  /** Newcomers that come and go on purpose bear names that begin so. */
  private static final String GUEST = "guest";

  private static final int RECORDED_STATES = 200;

  private final Mode mode;
  private final @Nullable Tls tls;
  private final List<GossipNode> nodes = new ArrayList<>();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong suspicions = new AtomicLong();
  private final AtomicLong deaths = new AtomicLong();
  private final Gauge gauge = new Gauge(nodes);
  private List<Seed> seeds = List.of();
  private Recording.@Nullable Writer recorder;
  private int keyNumber = 1;
  private int guests;

  private Garrison(Mode mode, @Nullable Tls tls) {
    this.mode = mode;
    this.tls = tls;
  }

  /** Arguments: mode, certificates, number of nodes, beginning of their names, seeds. */
  public static void main(String[] args) throws IOException {
    ((Logger) LoggerFactory.getLogger("io.gossip")).setLevel(Level.ERROR);
    Mode mode = Mode.valueOf(args[0]);
    Garrison garrison = new Garrison(mode, mode == Mode.TLS ? Secrets.tls(Path.of(args[1])) : null);
    List<Seed> seeds = new ArrayList<>();
    for (int i = 4; i < args.length; i++) {
      seeds.add(Seed.parse(args[i], GossipNode.DEFAULT_PORT));
    }
    garrison.seeds = seeds;
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      GossipNode node = garrison.build(args[3] + i, garrison.known());
      node.subscribe((event, view) -> garrison.see(event, view));
      garrison.nodes.add(node);
      node.start();
    }
    System.out.println(ANSWER + garrison.addresses());
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(ANSWER + garrison.answer(line.split(" ", -1)));
      }
    }
    System.exit(0); // whoever asked is gone; no thread of a node may hold this up
  }

  private String answer(String... words) throws IOException {
    return switch (words[0]) {
      case "sample" -> counted(false);
      case "measure" -> counted(true);
      case "settle" -> String.valueOf(settled(Integer.parseInt(words[1])));
      case "newcomer" -> String.valueOf(newcomer(words[1], Integer.parseInt(words[2])));
      case "restart" -> restart();
      case "rekey" -> rekey(words[1], Integer.parseInt(words[2]));
      case "record" -> record(Integer.parseInt(words[1]), Path.of(words[2]));
      case "chatter" -> chatter(Integer.parseInt(words[1]));
      case "recorded" -> recorded();
      case "members" -> members();
      default -> throw new IllegalArgumentException("no command " + words[0]);
    };
  }

  private GossipNode build(String name, List<Seed> known) {
    GossipNodeBuilder builder =
        GossipNode.builder()
            .id(name)
            .cluster(Secrets.CLUSTER)
            .bindHost(InetAddress.getLoopbackAddress())
            .bindPort(freePort()) // the same after a restart
            .encryption(mode.seals() ? Secrets.encryption(keyNumber) : null)
            .tls(tls)
            .seeds(known);
    return builder.build();
  }

  private List<Seed> known() {
    List<Seed> known = new ArrayList<>(seeds);
    nodes.forEach(node -> known.add(seed(node)));
    return known;
  }

  private static Seed seed(GossipNode node) {
    var address = node.members().self().address();
    return new Seed(address.getAddress().getHostAddress(), address.getPort());
  }

  private String addresses() {
    StringBuilder text = new StringBuilder();
    known().stream().skip(seeds.size()).forEach(seed -> text.append(' ').append(seed));
    return text.toString().strip();
  }

  private void see(MembershipEvent event, Membership view) {
    if (event.member().id().value().startsWith(GUEST)
        || event.member().id().equals(view.self().id())) {
      return;
    }
    changes.incrementAndGet();
    if (event instanceof MembershipEvent.Suspected) {
      suspicions.incrementAndGet();
      System.out.println("suspected " + event.member().id());
    } else if (event instanceof MembershipEvent.Failed failed) {
      deaths.incrementAndGet();
      System.out.println("dead " + event.member().id() + ": " + failed.reason());
    }
  }

  private String counted(boolean settled) throws IOException {
    return gauge.sample(changes.get(), suspicions.get(), deaths.get(), settled).toString();
  }

  private boolean settled(int members) {
    return await(
        60,
        () ->
            nodes.stream()
                .map(GossipNode::members)
                .allMatch(
                    view ->
                        view.members().size() == members
                            && view.hash() == nodes.get(0).members().hash()));
  }

  /** Milliseconds until a new member that knows this seed only had all members; then it leaves. */
  private long newcomer(String seed, int members) {
    long begin = System.nanoTime();
    try (GossipNode guest =
        build(GUEST + ++guests, List.of(Seed.parse(seed, GossipNode.DEFAULT_PORT)))) {
      guest.start();
      boolean joined = await(20, () -> guest.members().members().size() >= members + 1);
      return joined ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) : -1;
    }
  }

  /** Other lives of the same members. */
  private String restart() {
    for (GossipNode node : nodes) {
      node.stop();
      node.start();
    }
    return "done";
  }

  /** One step of a change to the key of that number, here. */
  private String rekey(String step, int number) {
    Key key = Secrets.key(number);
    for (GossipNode node : nodes) {
      var ring = Objects.requireNonNull(node.protection().keyring());
      node.keyring(
          switch (step) {
            case "add" -> ring.with(key);
            case "promote" -> ring.promote(key.id());
            default -> ring.remove(Secrets.key(keyNumber).id());
          });
    }
    if (step.equals("remove")) {
      keyNumber = number;
    }
    return "done";
  }

  /** Records what comes to the first node. */
  private String record(int most, Path file) throws IOException {
    recorder = new Recording.Writer(file, most);
    Tap.recording(nodes.get(0), recorder);
    return "done";
  }

  /** What was recorded is in the file. */
  private String recorded() throws IOException {
    Objects.requireNonNull(recorder).close();
    return "done";
  }

  /** Has all members change their state for so long, so that there is something to record. */
  private String chatter(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; System.nanoTime() - end < 0; i++) {
      nodes.get(i % nodes.size()).put("weight", String.valueOf(i % RECORDED_STATES));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4));
    }
    return "done";
  }

  /** Handle and incarnation of every member, as an onlooker would know them. */
  private String members() {
    StringBuilder text = new StringBuilder();
    for (Member member : nodes.get(0).members().members()) {
      text.append(member.identity().handle()).append('=').append(member.incarnation()).append(' ');
    }
    return text.toString().strip();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean await(int seconds, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000, 3_000_000));
    }
    return true;
  }
}

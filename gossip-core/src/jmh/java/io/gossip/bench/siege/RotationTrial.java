package io.gossip.bench.siege;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.gossip.GossipNode;
import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.netty.Encryption;
import io.gossip.netty.Refusals;
import io.gossip.swim.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;

/**
 * Keys that change three times, step by step, in a cluster of many nodes in this process: while
 * their state changes, datagrams are lost, and members come and are killed. Before that, as much of
 * the same without a change of keys, to tell what is due to the losses.
 */
final class RotationTrial implements Attack {

  private static final int ROTATIONS = 3;
  private static final double LOSS = 0.1;
  private static final long STEP_SECONDS = 30;
  private static final long UPDATE_MILLIS = 10;

  private final List<GossipNode> nodes = new CopyOnWriteArrayList<>();
  private final List<GossipNode> everybody = new ArrayList<>();
  private final Set<NodeId> gone = ConcurrentHashMap.newKeySet();
  private final AtomicLong suspicions = new AtomicLong();
  private final AtomicLong deaths = new AtomicLong();
  private volatile boolean running = true;
  private Keyring ring = Keyring.of(Secrets.key(1));
  private int names;

  @Override
  public String name() {
    return "rotation";
  }

  @Override
  public List<Row> run(Settings settings) throws IOException {
    ((Logger) LoggerFactory.getLogger("io.gossip")).setLevel(Level.ERROR);
    List<Row> rows = new ArrayList<>();
    try {
      for (int i = 0; i < settings.nodes(); i++) {
        add();
      }
      agree(settings.nodes(), 120);
      nodes.forEach(node -> Tap.losing(node, LOSS));
      Thread updates = new Thread(this::update, "updates");
      updates.setDaemon(true);
      updates.start();
      rows.add(quiet());
      for (int i = 2; i < 2 + ROTATIONS; i++) {
        rows.add(rotate(Secrets.key(i - 1), Secrets.key(i)));
      }
    } finally {
      running = false;
      nodes.forEach(GossipNode::stop);
    }
    return rows;
  }

  private GossipNode add() {
    GossipNode node =
        GossipNode.builder()
            .id("member-" + ++names)
            .cluster(Secrets.CLUSTER)
            .bindHost(InetAddress.getLoopbackAddress())
            .bindPort(0)
            .encryption(Encryption.with(ring))
            .seeds(seeds())
            .build();
    node.subscribe((event, view) -> see(event));
    node.start();
    nodes.add(node);
    everybody.add(node);
    return node;
  }

  private List<Seed> seeds() {
    List<Seed> seeds = new ArrayList<>();
    for (GossipNode node : nodes.subList(0, Math.min(3, nodes.size()))) {
      var address = node.members().self().address();
      seeds.add(new Seed(address.getAddress().getHostAddress(), address.getPort()));
    }
    return seeds;
  }

  private void see(MembershipEvent event) {
    if (gone.contains(event.member().id())) {
      return;
    }
    if (event instanceof MembershipEvent.Suspected) {
      suspicions.incrementAndGet();
    } else if (event instanceof MembershipEvent.Failed) {
      deaths.incrementAndGet();
    }
  }

  private void update() {
    for (long i = 0; running; i++) {
      List<GossipNode> all = List.copyOf(nodes);
      all.get(ThreadLocalRandom.current().nextInt(all.size())).put("weight", String.valueOf(i));
      Castle.pause(UPDATE_MILLIS);
    }
  }

  /** As long as a rotation, with joins and kills, and without a change of keys. */
  private Row quiet() {
    Row row = new Row("no rotation, for comparison");
    long suspicionsBefore = suspicions.get();
    long begin = System.nanoTime();
    for (int step = 0; step < 3; step++) {
      comeAndGo();
      Castle.pause(8_000);
    }
    report(row, 0, suspicionsBefore, deaths.get(), begin);
    return row;
  }

  private Row rotate(Key former, Key next) throws IOException {
    Row row = new Row("from key " + former.idText() + " to " + next.idText());
    long refusedBefore = refused();
    long suspicionsBefore = suspicions.get();
    long deathsBefore = deaths.get();
    long begin = System.nanoTime();
    double slowest = 0;
    slowest = Math.max(slowest, step(keys -> keys.with(next)));
    slowest = Math.max(slowest, step(keys -> keys.promote(next.id())));
    slowest = Math.max(slowest, step(keys -> keys.remove(former.id())));
    row.atMost("slowest step", slowest, "s", STEP_SECONDS);
    report(row, refused() - refusedBefore, suspicionsBefore, deathsBefore, begin);
    row.atMost("accepted under the former key", accepted(former), "", 0);
    return row;
  }

  /** Takes it on all nodes, in any order; seconds until all have and all views are equal again. */
  private double step(UnaryOperator<Keyring> change) {
    long begin = System.nanoTime();
    ring = change.apply(ring);
    for (GossipNode node : shuffled()) {
      node.keyring(change.apply(Objects.requireNonNull(node.protection().keyring())));
      Castle.pause(ThreadLocalRandom.current().nextInt(40));
    }
    comeAndGo();
    double took =
        agree(nodes.size(), STEP_SECONDS)
            ? (System.nanoTime() - begin) / 1e9
            : Double.POSITIVE_INFINITY;
    Castle.pause(4_000);
    return took;
  }

  private List<GossipNode> shuffled() {
    List<GossipNode> shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled, ThreadLocalRandom.current());
    return shuffled;
  }

  /** A member is killed, and another one comes. */
  private void comeAndGo() {
    GossipNode killed = nodes.get(ThreadLocalRandom.current().nextInt(3, nodes.size()));
    gone.add(killed.id());
    nodes.remove(killed);
    killed.stop();
    Tap.losing(add(), LOSS);
  }

  /** Whether all nodes come to know exactly these members, whatever their state is by now. */
  private boolean agree(int members, long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int reached = 0;
    while (System.nanoTime() - end < 0) {
      while (reached < nodes.size() && nodes.get(reached).members().members().size() == members) {
        reached++;
      }
      if (reached == nodes.size()) {
        return true;
      }
      Castle.pause(5);
    }
    return false;
  }

  /** By those that were killed as well. */
  private long refused() {
    long sum = 0;
    for (GossipNode node : everybody) {
      for (Refusals.Reason reason : Refusals.Reason.values()) {
        sum += node.protection().refusals().count(reason);
      }
    }
    return sum;
  }

  private void report(Row row, long refused, long suspicionsBefore, long deathsBefore, long begin) {
    row.atMost("refused of what was valid", refused, "", 0)
        .atMost("suspicions", suspicions.get() - suspicionsBefore, "", 0)
        .atMost("deaths", deaths.get() - deathsBefore, "", 0)
        .value("seconds", (System.nanoTime() - begin) / 1e9, "");
    System.out.println("  " + row);
  }

  /** Pings and streams under a key that has been removed: how many get an answer. */
  private long accepted(Key former) throws IOException {
    long accepted = 0;
    for (GossipNode node : nodes) {
      accepted += new Former(former, node.members().self().address()).answers();
    }
    return accepted;
  }
}

package io.gossip;

import static io.gossip.LoopbackNodes.address;
import static io.gossip.LoopbackNodes.find;
import static io.gossip.LoopbackNodes.names;
import static io.gossip.LoopbackNodes.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.membership.TrailEntry;
import io.gossip.netty.AddressPreference;
import io.gossip.netty.ShellStats;
import io.gossip.netty.TransportType;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats;
import io.netty.channel.epoll.Epoll;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class GossipNodeTest {

  private final LoopbackNodes nodes = new LoopbackNodes();

  @AfterEach
  void stopNodes() {
    nodes.close();
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void threeNodesFindEachOther(TransportType transport) throws Exception {
    assumeTrue(transport != TransportType.EPOLL || Epoll.isAvailable());
    GossipNode a = nodes.start("a", builder -> builder.transport(transport));
    GossipNode b = nodes.start("b", builder -> builder.transport(transport));
    List<String> heard = record(a);
    GossipNode c = nodes.start("c", builder -> builder.transport(transport));

    for (GossipNode node : List.of(a, b, c)) {
      await().untilAsserted(() -> assertThat(names(node)).containsExactly("a", "b", "c"));
    }
    Membership joined = c.joined().toCompletableFuture().get(5, TimeUnit.SECONDS);
    assertThat(joined.members()).hasSizeGreaterThan(1);
    await().untilAsserted(() -> assertThat(heard).contains("Joined c"));
    assertThat(c.phase()).isEqualTo(Phase.JOINED);
    assertThat(c.stats().count(SwimStats.Counter.JOINS_ACCEPTED)).isPositive();
    NodeReport report = c.report().toCompletableFuture().get(5, TimeUnit.SECONDS);
    assertThat(report.bound()).isEqualTo(address(c));
    assertThat(report.advertised()).isEqualTo(address(c));
    assertThat(report.addressSource()).isEqualTo("the address it listens on");
    assertThat(report.swim().members()).hasSize(3);
    for (GossipNode node : List.of(a, b, c)) {
      assertThat(node.shellStats().count(ShellStats.Counter.ENGINE_FAULTS)).isZero();
    }
  }

  @Test
  void nodesFindEachOtherOverIpv6() throws Exception {
    InetAddress host =
        InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    assumeTrue(NetworkInterface.getByInetAddress(host) != null);
    try (LoopbackNodes six = new LoopbackNodes(host)) {
      GossipNode a = six.start("a");
      GossipNode b = six.start("b");

      await().untilAsserted(() -> assertThat(names(a)).containsExactly("a", "b"));
      await().untilAsserted(() -> assertThat(names(b)).containsExactly("a", "b"));
      assertThat(address(b).getAddress()).isEqualTo(host);
    }
  }

  @Test
  void aNodeThatCanTakeNoMoreStreamsIsNotTakenForDead() throws Exception {
    GossipNode a = nodes.start("a");
    GossipNode b = nodes.start("b");
    nodes.start("c");
    await().untilAsserted(() -> assertThat(names(a)).containsExactly("a", "b", "c"));
    List<String> heard = record(a);
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        crowd.add(new Socket(InetAddress.getLoopbackAddress(), address(b).getPort()));
      }
      a.reportFailure(b.id());
      await().during(3, TimeUnit.SECONDS).until(() -> names(a).contains("b"));
      assertThat(b.shellStats().count(ShellStats.Counter.STREAMS_REFUSED)).isPositive();
      assertThat(heard).doesNotContain("Failed b");
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  @Test
  void nodeThatStopsWithoutAWordIsFoundFailed() {
    GossipNode a = nodes.start("a");
    nodes.start("b");
    GossipNode c = nodes.start("c");
    await().untilAsserted(() -> assertThat(names(a)).containsExactly("a", "b", "c"));
    List<String> heard = record(a);

    c.stop();

    await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(names(a)).containsExactly("a", "b"));
    await().untilAsserted(() -> assertThat(heard).contains("Failed c"));
    assertThat(heard).doesNotContain("Left c");
    assertThat(c.isRunning()).isFalse();
    assertThat(c.phase()).isEqualTo(Phase.LEFT);
  }

  @Test
  void everyNodeCanBeAskedWhyAnotherIsGone() throws Exception {
    GossipNode a = nodes.start("a");
    GossipNode b = nodes.start("b");
    GossipNode c = nodes.start("c");
    await().untilAsserted(() -> assertThat(names(a)).containsExactly("a", "b", "c"));
    await().untilAsserted(() -> assertThat(names(b)).containsExactly("a", "b", "c"));
    c.stop();
    await().untilAsserted(() -> assertThat(names(a)).containsExactly("a", "b"));

    List<TrailEntry> trail = a.trail(c.id()).toCompletableFuture().get(5, TimeUnit.SECONDS);

    assertThat(trail).extracting(TrailEntry::step).endsWith(TrailEntry.Step.DEAD);
    assertThat(trail).allSatisfy(entry -> assertThat(entry.by()).isIn("a", "b"));
    assertThat(a.trail(new NodeId("nobody")).toCompletableFuture().get(5, TimeUnit.SECONDS))
        .isEmpty();
    assertThat(c.trail(a.id())).isCompletedExceptionally();
  }

  @Test
  void leaveIsConfirmedByTheOthersAndNotTakenForAFailure() throws Exception {
    GossipNode a = nodes.start("a");
    GossipNode b = nodes.start("b");
    GossipNode c = nodes.start("c");
    for (GossipNode node : List.of(a, b, c)) {
      await().untilAsserted(() -> assertThat(names(node)).containsExactly("a", "b", "c"));
    }
    List<String> heard = record(a);

    SpreadResult result = c.leave().toCompletableFuture().get(10, TimeUnit.SECONDS);

    assertThat(result.members()).isEqualTo(2);
    assertThat(result.informed()).isEqualTo(2);
    assertThat(result.took()).isLessThan(LoopbackNodes.QUICK.leaveTimeout());
    assertThat(c.phase()).isEqualTo(Phase.LEFT);
    await().untilAsserted(() -> assertThat(names(a)).containsExactly("a", "b"));
    await().untilAsserted(() -> assertThat(names(b)).containsExactly("a", "b"));
    await().untilAsserted(() -> assertThat(heard).containsExactly("Left c"));
    assertThat(c.leave().toCompletableFuture().get(1, TimeUnit.SECONDS)).isEqualTo(result);
  }

  @Test
  void leaveOfANodeThatDoesNotRunHasNobodyToTell() throws Exception {
    GossipNode node = nodes.build("a", builder -> builder);

    SpreadResult result = node.leave().toCompletableFuture().get(1, TimeUnit.SECONDS);

    assertThat(result.members()).isZero();
    assertThat(result.informed()).isZero();
  }

  @Test
  void nodeThatStartsAgainIsSeenAsRestartedWithItsState() {
    GossipNode a = nodes.start("a");
    GossipNode b = nodes.start("b");
    b.put("role", "stock");
    await().untilAsserted(() -> assertThat(find(a, "b").state()).containsEntry("role", "stock"));
    long generation = find(a, "b").generation();
    long version = b.members().version();
    List<String> heard = record(a);
    List<String> own = record(b);

    b.stop();
    b.start();

    await().untilAsserted(() -> assertThat(find(a, "b").generation()).isGreaterThan(generation));
    await().untilAsserted(() -> assertThat(find(a, "b").state()).containsEntry("role", "stock"));
    await().untilAsserted(() -> assertThat(heard).contains("Restarted b"));
    assertThat(heard).doesNotContain("Failed b", "Left b");
    assertThat(b.members().version()).isGreaterThan(version);
    await().untilAsserted(() -> assertThat(own).contains("Joined a"));
    assertThat(own).first().isEqualTo("resync without 0");
  }

  @Test
  void stateIsSeenByOthersAndRemovedKeysAreGone() {
    GossipNode a = nodes.start("a");
    GossipNode b = nodes.build("b", builder -> builder.seeds("127.0.0.1:" + address(a).getPort()));
    b.put("before", "start");
    b.start();
    await().untilAsserted(() -> assertThat(names(a)).contains("b"));

    b.put("role", "stock");
    b.update(Map.of("port", "8080"));
    b.remove("before");

    await()
        .untilAsserted(
            () ->
                assertThat(find(a, "b").state())
                    .containsExactly(entry("port", "8080"), entry("role", "stock")));
    assertThat(b.state()).isEqualTo(find(a, "b").state());
  }

  @Test
  void stateBeyondALimitIsRefusedAtTheCallAndNothingChanges() {
    GossipNode node = nodes.build("a", builder -> builder.state(Map.of("role", "stock")));

    assertThatThrownBy(() -> node.put("big", "x".repeat(1025)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("big")
        .hasMessageContaining("1024");
    assertThatThrownBy(() -> node.put("", "x")).isInstanceOf(IllegalArgumentException.class);
    assertThat(node.state()).isEqualTo(Map.of("role", "stock"));
    assertThatThrownBy(() -> GossipNode.builder().state(Map.of("big", "x".repeat(1025))).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void startAndStopLeaveNoThreadAndNoSocket() {
    GossipNode a = nodes.build("threads", builder -> builder.seeds("localhost:1"));
    a.start();
    int port = address(a).getPort();
    a.stop();
    await().untilAsserted(() -> assertThat(threads()).isEmpty());

    GossipNode sameAddress = nodes.build("same-port", builder -> builder.bindPort(port));
    sameAddress.start();
    assertThat(address(sameAddress).getPort()).isEqualTo(port);
    sameAddress.stop();
    a.start();
    assertThat(a.isRunning()).isTrue();
    assertThat(threads()).contains("gossip-threads");
    a.close();
    await().untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  @Test
  void takenPortFailsTheStartAndNothingIsLeft() {
    GossipNode holder = nodes.start("holder");
    int port = address(holder).getPort();
    GossipNode late = nodes.build("threads", builder -> builder.bindPort(port));

    assertThatThrownBy(late::start)
        .isInstanceOfSatisfying(
            PortInUseException.class,
            e -> {
              assertThat(e.port()).isEqualTo(port);
              assertThat(e.attempts()).isEqualTo(1);
            })
        .hasMessage("Gossip port " + port + " is in use");
    assertThat(late.isRunning()).isFalse();
    await().untilAsserted(() -> assertThat(threads()).isEmpty());

    holder.stop();
    late.start();
    assertThat(address(late).getPort()).isEqualTo(port);
  }

  @Test
  void nextPortIsTakenWhereTheFirstIsInUse() {
    int port = address(nodes.start("holder")).getPort();

    GossipNode late =
        nodes.start("late", builder -> builder.seeds().bindPort(port).portAttempts(20));

    assertThat(address(late).getPort()).isBetween(port + 1, port + 19);
  }

  @Test
  void epollWithoutItsLibraryFailsTheStartWithTheReason() {
    assumeTrue(!Epoll.isAvailable());
    assertThatThrownBy(() -> nodes.start("a", builder -> builder.transport(TransportType.EPOLL)))
        .isInstanceOf(GossipStartException.class)
        .hasMessageContaining("EPOLL");
  }

  @Test
  void advertiseHostWithoutAnAddressFailsTheStart() {
    GossipNode node =
        nodes.build(
            "a",
            builder ->
                builder.address(
                    new AddressPreference(
                        "no such host",
                        null,
                        List.of(),
                        List.of(),
                        AddressPreference.Family.AUTO)));

    assertThatThrownBy(node::start)
        .isInstanceOf(GossipStartException.class)
        .hasMessageContaining("advertise host 'no such host'");
  }

  @Test
  @DisplayName("T-I 120: a listener that blocks delays neither the node nor another listener")
  void listenerThatBlocksDelaysNeitherTheNodeNorAnotherListener() {
    CountDownLatch release = new CountDownLatch(1);
    GossipNode a = nodes.build("a", builder -> builder.eventQueueCapacity(2));
    a.subscribe(
        (event, view) -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    List<String> heard = record(a);
    a.start();
    String seed = "127.0.0.1:" + address(a).getPort();
    for (String name : List.of("b", "c", "d")) {
      nodes.start(name, builder -> builder.seeds(seed));
      await().untilAsserted(() -> assertThat(heard).contains("Joined " + name));
    }

    await().until(() -> a.shellStats().count(ShellStats.Counter.EVENTS_DROPPED) > 0);
    release.countDown();
  }

  @Test
  void sampleGivesDistinctOthersAndNoMoreThanThereAre() {
    GossipNode a = nodes.start("a");
    nodes.start("b");
    nodes.start("c");
    await().untilAsserted(() -> assertThat(names(a)).containsExactly("a", "b", "c"));

    assertThat(a.sample(10)).extracting(m -> m.id().value()).containsExactlyInAnyOrder("b", "c");
    assertThat(a.sample(1)).hasSize(1);
    assertThat(a.sample(0)).isEmpty();
    await().until(() -> a.sample(1).get(0).id().equals(new NodeId("b")));
    await().until(() -> a.sample(1).get(0).id().equals(new NodeId("c")));
    assertThatThrownBy(() -> a.sample(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nodeMayBeStoppedFromItsOwnIoThread() {
    GossipNode node = nodes.start("threads");

    node.report().thenRun(node::stop);

    await().untilAsserted(() -> assertThat(threads()).isEmpty());
    assertThat(node.isRunning()).isFalse();
    node.start();
    assertThat(node.isRunning()).isTrue();
  }

  @Test
  void nodeMayBeClosedByItsOwnListener() {
    GossipNode a = nodes.start("threads");
    a.subscribe((event, view) -> a.close());

    GossipNode b = nodes.start("b");

    await().untilAsserted(() -> assertThat(threads()).isEmpty());
    await().untilAsserted(() -> assertThat(names(b)).containsExactly("b"));
  }

  @Test
  void closedNodeIsNotStartedAgain() {
    GossipNode node = nodes.start("a");

    node.close();
    node.close();

    assertThat(node.isRunning()).isFalse();
    assertThatThrownBy(node::start).isInstanceOf(IllegalStateException.class);
    assertThat(node.report().toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void nodeShowsItselfBeforeItStarts() {
    GossipNode node = nodes.build("a", builder -> builder.zone("east"));

    assertThat(names(node)).containsExactly("a");
    assertThat(node.members().self().zone()).isEqualTo("east");
    assertThat(node.phase()).isEqualTo(Phase.LEFT);
    assertThat(node.stats().count(SwimStats.Counter.DATAGRAMS_SENT)).isZero();
    assertThat(node.joined().toCompletableFuture()).isNotDone();
    assertThat(GossipNode.builder().build().id().value()).matches("node-[a-z2-7]{8}");
  }

  /** Names of threads of the node {@code threads}. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("gossip-threads"))
        .toList();
  }
}

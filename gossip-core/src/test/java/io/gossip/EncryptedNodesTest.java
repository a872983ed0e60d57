package io.gossip;

import static io.gossip.LoopbackNodes.address;
import static io.gossip.LoopbackNodes.find;
import static io.gossip.LoopbackNodes.names;
import static io.gossip.LoopbackNodes.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.netty.Encryption;
import io.gossip.netty.Refusals;
import io.gossip.netty.ShellStats;
import io.gossip.swim.SwimStats;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes with keys, over real sockets. */
@Timeout(60)
class EncryptedNodesTest {

  private static final Key OLD = Key.random(new SecureRandom());
  private static final Key NEW = Key.random(new SecureRandom());
  private static final Encryption SEALED = Encryption.with(Keyring.of(OLD));

  private final LoopbackNodes nodes = new LoopbackNodes();

  @AfterEach
  void stopNodes() {
    nodes.close();
  }

  @Test
  void nodesWithOneKeyFindEachOtherAndNothingIsRefused() {
    GossipNode a = start("a", SEALED);
    GossipNode b = start("b", SEALED);
    GossipNode c = start("c", SEALED);
    awaitAll(a, b, c);
    a.put("colour", "red");
    await().until(() -> "red".equals(state(c, "a")));
    for (GossipNode node : List.of(a, b, c)) {
      assertThat(node.protection().refusals().recent()).isEmpty();
      assertThat(node.shellStats().count(ShellStats.Counter.ENGINE_FAULTS)).isZero();
      await()
          .untilAsserted(
              () ->
                  assertThat(node.report().toCompletableFuture().get().swim().watched())
                      .as("sealed watch links")
                      .isEqualTo(2));
    }
  }

  @Test
  void largeStateGoesOverSealedStreams() {
    GossipNode a = start("a", SEALED);
    a.update(Map.of("one", "x".repeat(1000), "two", "y".repeat(1000), "three", "z".repeat(1000)));
    GossipNode b = start("b", SEALED);
    awaitAll(a, b);
    await().untilAsserted(() -> assertThat(find(b, "a").state()).hasSize(3));
  }

  @Test
  void aNodeWithAnotherKeyStaysOutAndBothSidesSayWhy() {
    GossipNode a = start("a", SEALED);
    GossipNode b = start("b", Encryption.with(Keyring.of(NEW)));
    await().until(() -> refused(a, Refusals.Reason.UNKNOWN_KEY) > 0);
    await().until(() -> refused(b, Refusals.Reason.HANDSHAKE) > 0);
    assertThat(names(a)).containsExactly("a");
    assertThat(names(b)).containsExactly("b");
    assertThat(a.protection().refusals().recent())
        .anySatisfy(
            refused -> {
              assertThat(refused.reason()).isEqualTo(Refusals.Reason.UNKNOWN_KEY);
              assertThat(refused.source()).isEqualTo("127.0.0.1");
              assertThat(refused.detail()).isEqualTo("key " + NEW.idText());
            });
    assertThat(a.stats().count(SwimStats.Counter.DATAGRAMS_RECEIVED)).isZero();
  }

  @Test
  void aPlainNodeAndASealedOneDoNotMeet() {
    GossipNode a = start("a", SEALED);
    GossipNode b = start("b", null);
    await().until(() -> refused(a, Refusals.Reason.PLAIN) > 0);
    assertThat(names(a)).containsExactly("a");
    assertThat(names(b)).containsExactly("b");

    GossipNode c = start("c", SEALED, b);
    await().until(() -> refused(b, Refusals.Reason.NO_KEYS) > 0);
    assertThat(names(c)).containsExactly("c");
  }

  @Test
  @DisplayName("T-H 109: a cluster is moved to encryption step by step and nobody is missed")
  void aClusterIsMovedToEncryptionStepByStepAndNobodyIsMissed() throws Exception {
    Encryption reading = new Encryption(Keyring.of(OLD), false, false);
    Encryption writing = new Encryption(Keyring.of(OLD), false, true);
    GossipNode a = start("a", null);
    GossipNode b = start("b", null);
    awaitAll(a, b);
    for (Encryption step : List.of(reading, writing, SEALED)) {
      b = replace(b, step, a);
      awaitAll(a, b);
      a = replace(a, step, b);
      awaitAll(a, b);
    }
    assertThat(a.protection().refusals().recent()).isEmpty();
    assertThat(b.protection().refusals().recent()).isEmpty();
  }

  @Test
  void keysAreChangedWhileTheyRunAndNobodyIsSuspected() throws Exception {
    GossipNode a = start("a", SEALED);
    GossipNode b = start("b", SEALED);
    GossipNode c = start("c", SEALED);
    awaitAll(a, b, c);
    List<String> heard = record(a);
    List<GossipNode> all = List.of(a, b, c);
    all.forEach(node -> node.keyring(ring(node).with(NEW)));
    all.forEach(node -> node.keyring(ring(node).promote(NEW.id())));
    a.put("colour", "red");
    await().until(() -> "red".equals(state(c, "a")));
    all.forEach(node -> node.keyring(ring(node).remove(OLD.id())));
    a.put("colour", "blue");
    await().until(() -> "blue".equals(state(c, "a")));
    for (GossipNode node : all) {
      assertThat(node.protection().keyring()).isEqualTo(Keyring.of(NEW));
    }
    assertThat(heard).noneMatch(event -> event.startsWith("Suspected") || event.startsWith("Fail"));
    GossipNode late = start("late", SEALED);
    await().until(() -> refused(late, Refusals.Reason.HANDSHAKE) > 0);
    assertThat(names(late)).as("the old key opens nothing any more").containsExactly("late");
  }

  @Test
  void aNodeThatListsItselfAsASeedIsNotRefusedByItself() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    GossipNode a =
        nodes.build("a", b -> b.encryption(SEALED).bindPort(port).seeds("127.0.0.1:" + port));
    a.start();
    GossipNode b = start("b", SEALED, a);
    awaitAll(a, b);
    assertThat(a.protection().refusals().recent()).isEmpty();
  }

  @Test
  void addressesOutsideTheAllowedNetworksAreNotHeard() {
    GossipNode a = nodes.start("a", builder -> builder.allowedNetworks(List.of("10.0.0.0/8")));
    nodes.start("b");
    await().until(() -> refused(a, Refusals.Reason.ADDRESS) > 0);
    assertThat(names(a)).containsExactly("a");
  }

  @Test
  void aNodeWithoutKeysCannotBeGivenAny() {
    GossipNode a = start("a", null);
    assertThatThrownBy(() -> a.keyring(Keyring.of(OLD))).isInstanceOf(IllegalStateException.class);
  }

  private GossipNode start(String name, @Nullable Encryption encryption) {
    return nodes.start(name, builder -> builder.encryption(encryption));
  }

  private GossipNode start(String name, @Nullable Encryption encryption, GossipNode seed) {
    return nodes.start(
        name,
        builder -> builder.encryption(encryption).seeds("127.0.0.1:" + address(seed).getPort()));
  }

  /** The same name with other settings, as a rolling deployment has it. */
  private GossipNode replace(GossipNode node, Encryption encryption, GossipNode seed) {
    node.close();
    return start(node.id().value(), encryption, seed);
  }

  private static void awaitAll(GossipNode... all) {
    for (GossipNode node : all) {
      await().untilAsserted(() -> assertThat(names(node)).hasSize(all.length));
    }
  }

  private static Keyring ring(GossipNode node) {
    Keyring ring = node.protection().keyring();
    assertThat(ring).isNotNull();
    return ring;
  }

  private static long refused(GossipNode node, Refusals.Reason reason) {
    return node.protection().refusals().count(reason);
  }

  private static @Nullable String state(GossipNode node, String of) {
    return find(node, of).state().get("colour");
  }
}

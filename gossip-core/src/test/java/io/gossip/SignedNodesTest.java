package io.gossip;

import static io.gossip.LoopbackNodes.find;
import static io.gossip.LoopbackNodes.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.SigningKey;
import io.gossip.membership.MemberStatus;
import io.gossip.netty.Encryption;
import io.gossip.netty.Refusals;
import io.gossip.netty.Signing;
import io.gossip.swim.SwimConfig;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that sign, over real sockets; what they refuse of each other is tried in virtual time. */
@Timeout(60)
class SignedNodesTest {

  private static final Encryption SEALED =
      Encryption.with(Keyring.of(Key.random(new SecureRandom())));

  private final LoopbackNodes nodes = new LoopbackNodes();

  @AfterEach
  void stopNodes() {
    nodes.close();
  }

  private GossipNode start(String name, @Nullable Signing signing) {
    return nodes.start(name, builder -> builder.encryption(SEALED).signing(signing));
  }

  private static Signing own() {
    return new Signing(SigningKey.generate(), false, true);
  }

  @Test
  void nodesThatSignFindEachOtherAndKeepUpWithEachOther() {
    GossipNode a = start("a", own());
    GossipNode b = start("b", own());
    GossipNode c = start("c", own());
    for (GossipNode node : List.of(a, b, c)) {
      await().until(() -> names(node).size() == 3);
    }
    a.update(Map.of("one", "x".repeat(1000), "two", "y".repeat(1000), "three", "z".repeat(1000)));
    a.put("colour", "red");
    await().until(() -> "red".equals(find(c, "a").state().get("colour")));
    a.update(Map.of("one", "u".repeat(1000), "two", "v".repeat(1000), "three", "w".repeat(1000)));
    String last = "w".repeat(1000);
    await().until(() -> last.equals(find(c, "a").state().get("three")));
    assertThat(find(c, "a").state()).hasSize(4);
    b.leave().toCompletableFuture().join();
    await().until(() -> names(c).size() == 2);
    for (GossipNode node : List.of(a, c)) {
      assertThat(node.protection().refusals().recent()).isEmpty();
    }
  }

  @Test
  void nodeThatWasKilledComesBackUnderItsNameWithItsKeyAndNobodyIsSaidToLie() {
    SigningKey key = SigningKey.generate();
    GossipNode a = start("a", own());
    GossipNode b = start("b", new Signing(key, true, true));
    await().until(() -> names(a).size() == 2);
    b.stop();
    GossipNode again = start("b", new Signing(key, true, true));
    long renewed = again.members().self().generation();
    await().until(() -> names(a).contains("b") && find(a, "b").generation() == renewed);
    assertThat(find(a, "b").status()).isEqualTo(MemberStatus.ALIVE);
    for (GossipNode node : List.of(a, again)) {
      assertThat(node.protection().refusals().recent()).isEmpty();
    }
  }

  @Test
  void nodeThatDoesNotSignIsToldSo() {
    GossipNode a = start("a", own());
    GossipNode plain = start("plain", null);
    await()
        .untilAsserted(
            () ->
                assertThat(plain.report().toCompletableFuture().get().swim().seeds())
                    .singleElement()
                    .satisfies(seed -> assertThat(seed.problem()).contains("members that sign")));
    assertThat(names(a)).containsExactly("a");
  }

  @Test
  void clusterIsMovedToSigningInTwoStepsAndNobodyIsMissed() {
    start("a", null);
    start("b", null);
    for (boolean required : List.of(false, true)) {
      for (String name : List.of("a", "b")) {
        GossipNode former = nodes.running(name);
        former.leave().toCompletableFuture().join();
        former.stop();
        GossipNode next = start(name, new Signing(SigningKey.generate(), false, required));
        await().until(() -> names(next).size() == 2);
      }
    }
    GossipNode a = nodes.running("a");
    nodes.running("b").put("colour", "red");
    await().until(() -> "red".equals(find(a, "b").state().get("colour")));
    assertThat(a.protection().refusals().count(Refusals.Reason.UNSIGNED)).isZero();
  }

  @Test
  void packetTooSmallForASignedStateIsRefusedAtOnce() {
    SwimConfig small = SwimConfig.lan().toBuilder().maxPacketSize(1_328).build();
    assertThatThrownBy(
            () -> GossipNode.builder().swim(small).encryption(SEALED).signing(own()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxPacketSize 1393 at least, but it was 1328");
  }
}

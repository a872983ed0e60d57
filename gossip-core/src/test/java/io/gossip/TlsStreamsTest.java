package io.gossip;

import static io.gossip.Certificates.authority;
import static io.gossip.Certificates.context;
import static io.gossip.Certificates.issue;
import static io.gossip.LoopbackNodes.address;
import static io.gossip.LoopbackNodes.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.netty.Encryption;
import io.gossip.netty.Refusals;
import io.gossip.netty.ShellStats;
import io.gossip.netty.Tls;
import io.netty.pkitesting.X509Bundle;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes whose streams have TLS, over real sockets. */
@Timeout(60)
class TlsStreamsTest {

  private static final X509Bundle CA = authority("ca");
  private static final SSLContext MEMBER = context(issue(CA, "one.shop.internal"), CA);
  private static final Encryption SEALED =
      Encryption.with(Keyring.of(Key.random(new SecureRandom())));

  private final LoopbackNodes nodes = new LoopbackNodes();

  @AfterEach
  void stopNodes() {
    nodes.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nodesWithTrustedCertificatesFindEachOther(boolean sealed) {
    Encryption encryption = sealed ? SEALED : null;
    GossipNode a = start("a", Tls.with(MEMBER), encryption);
    GossipNode b = start("b", Tls.with(MEMBER), encryption);
    GossipNode c = start("c", Tls.with(MEMBER), encryption);
    awaitAll(a, b, c);
    for (GossipNode node : List.of(a, b, c)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(node.report().toCompletableFuture().get().swim().watched())
                      .as("watch links with TLS")
                      .isEqualTo(2));
      assertThat(node.protection().refusals().recent()).isEmpty();
      assertThat(node.shellStats().count(ShellStats.Counter.ENGINE_FAULTS)).isZero();
    }
  }

  @Test
  void aClusterIsMovedToTlsStepByStepAndNobodyIsMissed() {
    Tls reading = new Tls(MEMBER, true, false, false, List.of(), false);
    Tls writing = new Tls(MEMBER, true, false, true, List.of(), false);
    GossipNode a = start("a", null, null);
    GossipNode b = start("b", null, null);
    awaitAll(a, b);
    for (Tls step : List.of(reading, writing, Tls.with(MEMBER))) {
      b.close();
      b = start("b", step, null);
      awaitAll(a, b);
      a.close();
      a = start("a", step, null);
      awaitAll(a, b);
    }
    assertThat(refused(a) + refused(b)).isZero();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Tls(MEMBER, true, true, false, List.of(), false))
        .hasMessageContaining("verifyOutgoing");
    assertThatThrownBy(() -> new Tls(MEMBER, false, true, true, List.of("x"), false))
        .hasMessageContaining("peerNames");
    GossipNode plain = start("a", null, null);
    assertThatThrownBy(() -> plain.protection().tls(Tls.with(MEMBER)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(address(plain).getPort()).isPositive();
  }

  private GossipNode start(String name, @Nullable Tls tls, @Nullable Encryption encryption) {
    return nodes.start(name, builder -> builder.tls(tls).encryption(encryption));
  }

  private static void awaitAll(GossipNode... all) {
    for (GossipNode node : all) {
      await().untilAsserted(() -> assertThat(names(node)).hasSize(all.length));
    }
  }

  private static long refused(GossipNode node) {
    return node.protection().refusals().count(Refusals.Reason.TLS);
  }
}

package io.gossip;

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
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
  private static final X509Bundle OTHER_CA = authority("other ca");
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other authority",
        "no certificate",
        "other name",
        "no name",
        "expired",
        "not yet valid",
        "no TLS"
      })
  void whoHasNoGoodCertificateStaysOut(String what) {
    Tls strict = new Tls(MEMBER, true, true, true, List.of("*.shop.internal"));
    GossipNode a = start("a", strict, null);
    GossipNode b = start("b", stranger(what), null);
    await().until(() -> refused(a) > 0);
    assertThat(names(a)).containsExactly("a");
    assertThat(names(b)).containsExactly("b");
  }

  private static @Nullable Tls stranger(String what) {
    Instant now = Instant.now();
    X509Bundle bundle =
        switch (what) {
          case "other authority" -> issue(OTHER_CA, "one.shop.internal");
          case "other name" -> issue(CA, "one.bank.internal");
          case "no name" -> issue(CA, builder -> builder);
          case "expired" ->
              issue(
                  CA,
                  builder ->
                      builder
                          .addSanDnsName("one.shop.internal")
                          .notBefore(now.minus(Duration.ofDays(3)))
                          .notAfter(now.minus(Duration.ofDays(1))));
          case "not yet valid" ->
              issue(
                  CA,
                  builder ->
                      builder
                          .addSanDnsName("one.shop.internal")
                          .notBefore(now.plus(Duration.ofDays(1)))
                          .notAfter(now.plus(Duration.ofDays(3))));
          default -> null;
        };
    return what.equals("no TLS") ? null : Tls.with(context(bundle, CA));
  }

  @Test
  void aSeedWithAnotherCertificateIsNotJoined() {
    GossipNode a = start("a", Tls.with(context(issue(OTHER_CA, "x"), OTHER_CA, CA)), null);
    GossipNode b = start("b", Tls.with(MEMBER), null);
    await().until(() -> refused(b) > 0);
    assertThat(names(a)).containsExactly("a");
    assertThat(b.protection().refusals().recent().get(0).detail()).isNotEmpty();
  }

  @Test
  void certificatesAreReplacedWhileTheNodesRun() {
    GossipNode a = start("a", Tls.with(MEMBER), null);
    GossipNode b = start("b", Tls.with(MEMBER), null);
    awaitAll(a, b);
    SSLContext both = context(issue(OTHER_CA, "new"), CA, OTHER_CA);
    a.protection().tls(Tls.with(both));
    b.protection().tls(Tls.with(both));
    GossipNode c = start("c", Tls.with(context(issue(OTHER_CA, "new"), OTHER_CA)), null);
    awaitAll(a, b, c);
    assertThat(refused(a) + refused(b) + refused(c)).isZero();
  }

  @Test
  void aClusterIsMovedToTlsStepByStepAndNobodyIsMissed() {
    Tls reading = new Tls(MEMBER, true, false, false, List.of());
    Tls writing = new Tls(MEMBER, true, false, true, List.of());
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
    assertThatThrownBy(() -> new Tls(MEMBER, true, true, false, List.of()))
        .hasMessageContaining("verifyOutgoing");
    assertThatThrownBy(() -> new Tls(MEMBER, false, true, true, List.of("x")))
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

  private static X509Bundle authority(String name) {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject("CN=" + name)
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Bundle issue(X509Bundle authority, String name) {
    return issue(authority, builder -> builder.addSanDnsName(name));
  }

  private static X509Bundle issue(
      X509Bundle authority, UnaryOperator<CertificateBuilder> settings) {
    try {
      return settings
          .apply(new CertificateBuilder().ecp256().subject("CN=member"))
          .buildIssuedBy(authority);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext context(@Nullable X509Bundle own, X509Bundle... trusted) {
    try {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      for (int i = 0; i < trusted.length; i++) {
        X509Certificate root = trusted[i].getCertificate();
        trust.setCertificateEntry("ca" + i, root);
      }
      TrustManagerFactory trustManagers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trustManagers.init(trust);
      KeyManagerFactory keys = own == null ? null : own.toKeyManagerFactory();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys == null ? null : keys.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

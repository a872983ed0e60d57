package io.gossip;

import static io.gossip.Certificates.authority;
import static io.gossip.Certificates.context;
import static io.gossip.Certificates.issue;
import static io.gossip.LoopbackNodes.address;
import static io.gossip.LoopbackNodes.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.netty.Refusals;
import io.gossip.netty.Tls;
import io.netty.pkitesting.CertificateBuilder.ExtendedKeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is kept out by TLS, and whether the node says why. */
@Timeout(60)
class TlsRefusalsTest {

  private static final X509Bundle CA = authority("ca");
  private static final X509Bundle OTHER_CA = authority("other ca");
  private static final Tls STRICT =
      new Tls(
          context(issue(CA, "one.shop.internal"), CA),
          true,
          true,
          true,
          List.of("*.shop.internal"),
          false);

  private final LoopbackNodes nodes = new LoopbackNodes();

  @AfterEach
  void stopNodes() {
    nodes.close();
  }

  @ParameterizedTest
  @CsvSource({
    "other authority, or has none of an authority that is trusted here",
    "no certificate, it shows no certificate",
    "other name, its certificate names [one.bank.internal]",
    "no name, its certificate names []",
    "clients only, is for TLS clients only",
    "servers only, is for another role",
    "expired, its certificate has expired: NotAfter",
    "not yet valid, is not valid yet, or a clock is wrong: NotBefore",
    "no TLS, no TLS at all"
  })
  void whoJoinsWithoutAGoodCertificateStaysOutAndTheReasonIsSaid(String what, String reason) {
    GossipNode a = start("a", STRICT);
    GossipNode b = start("b", stranger(what));
    await().untilAsserted(() -> assertThat(details(a)).anyMatch(said -> said.contains(reason)));
    assertThat(names(a)).containsExactly("a");
    assertThat(names(b)).containsExactly("b");
  }

  @ParameterizedTest
  @CsvSource({
    "other authority, is from an authority that is not trusted here",
    "other name, its certificate names [one.bank.internal]",
    "clients only, is for another role",
    "servers only, is for TLS servers only",
    "expired, its certificate has expired: NotAfter",
    "not yet valid, is not valid yet, or a clock is wrong: NotBefore",
    "no TLS, instead of a handshake: it has no TLS"
  })
  void aSeedWithoutAGoodCertificateIsNotJoinedAndTheReasonIsSaid(String what, String reason) {
    GossipNode a = start("a", stranger(what));
    GossipNode b = start("b", STRICT);
    await().untilAsserted(() -> assertThat(details(b)).anyMatch(said -> said.contains(reason)));
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
          case "clients only" -> issueFor(ExtendedKeyUsage.PKIX_KP_CLIENT_AUTH);
          case "servers only" -> issueFor(ExtendedKeyUsage.PKIX_KP_SERVER_AUTH);
          case "expired" ->
              issueValid(now.minus(Duration.ofDays(3)), now.minus(Duration.ofDays(1)));
          case "not yet valid" ->
              issueValid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(3)));
          default -> null;
        };
    return what.equals("no TLS") ? null : Tls.with(context(bundle, CA));
  }

  private static X509Bundle issueFor(ExtendedKeyUsage usage) {
    return Certificates.issue(
        CA, builder -> builder.addSanDnsName("one.shop.internal").addExtendedKeyUsage(usage));
  }

  private static X509Bundle issueValid(Instant from, Instant to) {
    return Certificates.issue(
        CA, builder -> builder.addSanDnsName("one.shop.internal").notBefore(from).notAfter(to));
  }

  @Test
  void whoIsRefusedHearsThatItIsForItsCertificate() {
    start("a", STRICT);
    GossipNode b = start("b", stranger("expired"));
    await()
        .untilAsserted(
            () ->
                assertThat(details(b))
                    .anyMatch(said -> said.startsWith("it refuses this node's certificate")));
  }

  /** The JDK would not even offer 1.1, so these are bytes: a client's first words. */
  @ParameterizedTest
  @CsvSource({"1.1, 0302", "1.2, 0303"})
  void olderVersionsOfTlsAreRefused(String version, String bytes) throws IOException {
    GossipNode a = start("a", STRICT);
    String random = "00".repeat(32);
    String body = bytes + random + "00" + "0004c02fc013" + "0100"; // two ciphers, no compression
    String hello = "01" + hex(body.length() / 2, 6) + body;
    try (Socket socket = new Socket(address(a).getAddress(), address(a).getPort())) {
      socket
          .getOutputStream()
          .write(HexFormat.of().parseHex("160301" + hex(hello.length() / 2, 4) + hello));
      assertThat(socket.getInputStream().read()).as("an alert").isEqualTo(0x15);
    }
    await()
        .untilAsserted(
            () -> assertThat(details(a)).anyMatch(said -> said.contains("TLSv" + version)));
  }

  private static String hex(int number, int digits) {
    return HexFormat.of().toHexDigits(number, digits);
  }

  @Test
  void whoOnlyLooksAtThePortIsNoOffender() throws IOException {
    GossipNode a = start("a", STRICT);
    for (int i = 0; i < 3; i++) {
      new Socket(address(a).getAddress(), address(a).getPort()).close();
    }
    GossipNode b = start("b", STRICT);
    await().untilAsserted(() -> assertThat(names(a)).contains("b"));
    assertThat(details(a)).isEmpty();
    assertThat(details(b)).isEmpty();
  }

  @Test
  void aBadCertificateIsNotTakenWhileAClusterIsMovedEither() {
    SSLContext context = context(issue(CA, "one.shop.internal"), CA);
    GossipNode a = start("a", new Tls(context, true, false, true, List.of(), false));
    GossipNode b = start("b", stranger("expired"));
    await().untilAsserted(() -> assertThat(details(a)).anyMatch(said -> said.contains("expired")));
    assertThat(names(a)).containsExactly("a");
    assertThat(names(b)).containsExactly("b");
  }

  private GossipNode start(String name, @Nullable Tls tls) {
    return nodes.start(name, builder -> builder.tls(tls));
  }

  private static List<String> details(GossipNode node) {
    return node.protection().refusals().recent().stream()
        .filter(refused -> refused.reason() == Refusals.Reason.TLS)
        .peek(refused -> assertThat(refused.source()).isEqualTo("127.0.0.1"))
        .map(Refusals.Refused::detail)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "orders, orders, true",
    "orders-abcdefgh, orders, true",
    "orders-abcdefgh, orders-abcdefgh, true",
    "orders-admin, orders, false",
    "payments-abcdefgh, orders, false",
    "orders, Orders, false"
  })
  void whoJoinsMayBearWhatItsCertificateNamesIfThatIsAsked(
      String id, String named, boolean welcome) {
    GossipNode seed = start("seed", naming(context(issue(CA, "seed"), CA)));
    GossipNode joiner = start(id, naming(context(issue(CA, named), CA)));
    if (welcome) {
      await().until(() -> names(seed).size() == 2);
    } else {
      await()
          .untilAsserted(
              () ->
                  assertThat(joiner.report().toCompletableFuture().get().swim().seeds())
                      .anySatisfy(
                          found -> assertThat(found.problem()).contains("does not name " + id)));
      assertThat(names(seed)).containsExactly("seed");
    }
  }

  private static Tls naming(SSLContext context) {
    return new Tls(context, true, true, true, List.of(), true);
  }
}

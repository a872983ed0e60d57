package io.gossip;

import static io.gossip.Certificates.authority;
import static io.gossip.Certificates.context;
import static io.gossip.Certificates.issue;
import static io.gossip.LoopbackNodes.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.netty.Refusals;
import io.gossip.netty.Tls;
import io.gossip.swim.SwimStats.Counter;
import io.netty.pkitesting.X509Bundle;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Certificates and authorities that change, or come to their end, while nodes run. */
@Timeout(60)
class TlsRenewalTest {

  private static final X509Bundle CA = authority("ca");
  private static final X509Bundle NEW_CA = authority("new ca");
  private static final SSLContext MEMBER = context(issue(CA, "member"), CA);

  private final LoopbackNodes nodes = new LoopbackNodes();

  @AfterEach
  void stopNodes() {
    nodes.close();
  }

  @Test
  void noJoinAndNoOpenStreamIsLostWhileCertificatesAreReplaced() {
    GossipNode a = start("a", MEMBER);
    GossipNode b = start("b", MEMBER);
    awaitAll(a, b);
    awaitWatched(1, a, b);
    for (int i = 0; i < 4; i++) {
      GossipNode joiner = start("joiner-" + i, MEMBER);
      while (joiner.stats().count(Counter.JOINS_ACCEPTED) < 2) {
        for (GossipNode node : List.of(a, b, joiner)) {
          node.protection().tls(Tls.with(context(issue(CA, "member"), CA)));
        }
      }
      assertThat(joiner.stats().count(Counter.JOINS_ATTEMPTED)).as("once each").isEqualTo(2);
      assertThat(refused(joiner)).isZero();
      joiner.close();
    }
    awaitAll(a, b);
    assertThat(linksLost(a) + linksLost(b)).isZero();
    assertThat(refused(a) + refused(b)).isZero();
  }

  @Test
  void anAuthorityIsReplacedInOrderAndTheFormerOneIsThenRefused() {
    GossipNode a = start("a", MEMBER);
    GossipNode b = start("b", MEMBER);
    awaitAll(a, b);
    SSLContext formerTrustsBoth = context(issue(CA, "member"), CA, NEW_CA);
    SSLContext newTrustsBoth = context(issue(NEW_CA, "member"), CA, NEW_CA);
    SSLContext newOnly = context(issue(NEW_CA, "member"), NEW_CA);
    GossipNode c = a;
    for (SSLContext step : List.of(formerTrustsBoth, newTrustsBoth, newOnly)) {
      a.protection().tls(Tls.with(step));
      c = start("c", step); // in the middle of the step: b has not taken it yet
      awaitAll(a, b, c);
      b.protection().tls(Tls.with(step));
      c.close();
      awaitAll(a, b);
    }
    assertThat(refused(a) + refused(b) + refused(c)).isZero();
    GossipNode late = start("late", MEMBER);
    await().until(() -> refused(late) > 0);
    assertThat(names(late)).containsExactly("late");
  }

  @Test
  void aCertificateThatExpiresEndsNoStreamButBeginsNoneUntilItIsReplaced() {
    GossipNode a = start("a", MEMBER);
    Instant end = Instant.now().plusSeconds(2);
    GossipNode b =
        start(
            "b", context(issue(CA, builder -> builder.addSanDnsName("member").notAfter(end)), CA));
    awaitAll(a, b);
    awaitWatched(1, a, b);
    await().until(() -> Instant.now().isAfter(end));
    GossipNode c = start("c", MEMBER); // of a, and finds b through it
    await()
        .untilAsserted(
            () ->
                assertThat(c.protection().refusals().recent())
                    .anyMatch(refused -> refused.detail().contains("has expired")));
    awaitAll(a, b, c); // as far as datagrams go, it is still one of them
    assertThat(linksLost(a) + linksLost(b)).isZero();

    b.protection().tls(Tls.with(MEMBER));
    awaitWatched(2, a, b, c);
    assertThat(linksLost(a) + linksLost(b)).isZero();
  }

  private GossipNode start(String name, SSLContext context) {
    return nodes.start(name, builder -> builder.tls(Tls.with(context)));
  }

  private static void awaitAll(GossipNode... all) {
    for (GossipNode node : all) {
      await().untilAsserted(() -> assertThat(names(node)).hasSize(all.length));
    }
  }

  private static void awaitWatched(int links, GossipNode... all) {
    for (GossipNode node : all) {
      await().until(() -> watched(node) == links);
    }
  }

  private static int watched(GossipNode node) throws ExecutionException, InterruptedException {
    return node.report().toCompletableFuture().get().swim().watched();
  }

  private static long linksLost(GossipNode node) {
    return node.stats().count(Counter.LINKS_LOST);
  }

  private static long refused(GossipNode node) {
    return node.protection().refusals().count(Refusals.Reason.TLS);
  }
}

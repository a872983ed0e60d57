package io.gossip.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.netty.Refusals;
import io.gossip.netty.Signing;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class IdentityPropertiesTest {

  @TempDir Path directory;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(SslAutoConfiguration.class, GossipAutoConfiguration.class))
          .withPropertyValues(
              "gossip.cluster-name=test-" + UUID.randomUUID(),
              "gossip.bind.host=127.0.0.1",
              "gossip.bind.port=0",
              "gossip.shutdown.drain-delay=0s");

  private static Signing signing(AssertableApplicationContext context) {
    return Objects.requireNonNull(context.getBean(GossipNode.class).protection().signing());
  }

  @Test
  void nothingIsSignedUnlessWanted() {
    runner.run(
        context -> assertThat(context.getBean(GossipNode.class).protection().signing()).isNull());
  }

  @Test
  void signsWithAKeyOfThisProcessUnlessThereIsAnother() {
    runner
        .withPropertyValues("gossip.identity.sign=true")
        .run(
            context -> {
              assertThat(signing(context).lasting()).isFalse();
              assertThat(signing(context).verifyIncoming()).isTrue();
            });
  }

  @Test
  void signsWithTheKeyOfABundleWhichIsTheSameForEachProcess() throws Exception {
    ApplicationContextRunner bundled =
        runner.withPropertyValues(
            "spring.ssl.bundle.jks.me.keystore.location=" + keystore("Ed25519"),
            "spring.ssl.bundle.jks.me.keystore.password=changeit",
            "gossip.identity.sign=true",
            "gossip.identity.bundle=me",
            "gossip.identity.verify-incoming=false");
    bundled.run(
        first ->
            bundled.run(
                second -> {
                  assertThat(signing(first).lasting()).isTrue();
                  assertThat(signing(first).verifyIncoming()).isFalse();
                  assertThat(signing(first).key().publicKey())
                      .isEqualTo(signing(second).key().publicKey());
                }));
  }

  @Test
  void applicationsThatSignFindEachOtherAndOneThatDoesNotStaysOut() {
    ApplicationContextRunner signed = runner.withPropertyValues("gossip.identity.sign=true");
    signed.run(
        first -> {
          GossipNode a = first.getBean(GossipNode.class);
          String seed = "gossip.seeds=127.0.0.1:" + a.members().self().address().getPort();
          signed
              .withPropertyValues(seed)
              .run(
                  second -> {
                    await().until(() -> a.members().members().size() == 2);
                    runner
                        .withPropertyValues(seed)
                        .run(
                            plain -> {
                              GossipNode c = plain.getBean(GossipNode.class);
                              await().until(() -> problem(c).contains("members that sign"));
                              assertThat(a.members().members()).hasSize(2);
                            });
                    assertThat(a.protection().refusals().count(Refusals.Reason.UNSIGNED)).isZero();
                  });
        });
  }

  private static String problem(GossipNode node) throws Exception {
    return String.valueOf(
        node.report().toCompletableFuture().get().swim().seeds().get(0).problem());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true|EC|must have an Ed25519 key and its certificate",
        "false|Ed25519|needs gossip.identity.sign=true"
      })
  void whatCannotBeIsNamedWithItsRule(boolean sign, String kind, String rule) throws Exception {
    runner
        .withPropertyValues(
            "spring.ssl.bundle.jks.me.keystore.location=" + keystore(kind),
            "spring.ssl.bundle.jks.me.keystore.password=changeit",
            "gossip.identity.sign=" + sign,
            "gossip.identity.bundle=me")
        .run(context -> assertFailure(context, "gossip.identity.bundle", rule));
  }

  @Test
  void bundleThatIsNotThereIsNamedBesideThoseThatAre() {
    runner
        .withPropertyValues("gossip.identity.sign=true", "gossip.identity.bundle=nobody")
        .run(
            context ->
                assertFailure(
                    context, "gossip.identity.bundle", "must be one of spring.ssl.bundle.pem"));
  }

  @Test
  void nameThatIsSetNeedsAKeyThatLasts() {
    runner
        .withPropertyValues("gossip.identity.sign=true", "gossip.node-id=orders-1")
        .run(context -> assertFailure(context, "gossip.node-id", "needs gossip.identity.bundle"));
  }

  @Test
  void packetsTooSmallForSignedStateAreNamedAtTheStart() {
    runner
        .withPropertyValues("gossip.identity.sign=true", "gossip.transport.max-packet-size=1280B")
        .run(
            context ->
                assertFailure(
                    context, "gossip.transport.max-packet-size", "must be at least 1345B"));
  }

  private static void assertFailure(
      AssertableApplicationContext context, String property, String rule) {
    Throwable failure = context.getStartupFailure();
    while (failure != null && !(failure instanceof InvalidGossipPropertyException)) {
      failure = failure.getCause();
    }
    assertThat(failure).isNotNull().hasMessageContaining(property).hasMessageContaining(rule);
  }

  /** Made by the JDK's keytool, as users would. */
  private Path keystore(String kind) throws IOException, InterruptedException {
    Path store = directory.resolve(kind + ".p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    kind,
                    "-alias",
                    "me",
                    "-dname",
                    "CN=me",
                    "-keystore",
                    store.toString(),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "changeit"))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    return store;
  }
}

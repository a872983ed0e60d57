package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.netty.Refusals;
import io.gossip.spring.Cluster;
import io.gossip.spring.keys.OwnCertificate;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;

/** Applications whose streams have TLS from one of Boot's SSL bundles. */
class TlsApplicationsTest {

  private static final String BUNDLE = "spring.ssl.bundle.pem.members.";

  private final Cluster cluster = new Cluster();

  @TempDir private Path folder;

  @BeforeEach
  void issue() throws Exception {
    write(authority("first"));
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void theBundleProtectsStreamsAndIsFollowedWhenItIsReloaded() throws Exception {
    ConfigurableApplicationContext shop = start("shop");
    ConfigurableApplicationContext stock = start("stock");
    Cluster.awaitMembers(stock, 2);
    GossipNode node = Cluster.node(stock);
    assertThat(node.protection().hasTls()).isTrue();
    assertThat(node.protection().refusals().recent()).isEmpty();
    Instant end = stock.getBean(OwnCertificate.class).notAfter();
    assertThat(end).isAfter(Instant.now());
    assertThat(stock.getBean("gossipHealthIndicator", HealthIndicator.class).health())
        .extracting(Health::getDetails, as(InstanceOfAssertFactories.MAP))
        .containsEntry("certificateNotAfter", end);

    write(authority("second"));
    ConfigurableApplicationContext till = start("till"); // with the second authority only
    await()
        .atMost(Cluster.PATIENCE) // files are looked at every few seconds
        .untilAsserted(() -> assertThat(Cluster.node(till).members().members()).hasSize(3));
    Cluster.awaitMembers(shop, 3);
    Cluster.awaitMembers(stock, 3);
  }

  @Test
  void whoIsOfAnotherAuthorityStaysOut() throws Exception {
    ConfigurableApplicationContext shop = start("shop", BUNDLE + "reload-on-update=false");
    write(authority("another"));
    ConfigurableApplicationContext stranger = start("stranger", BUNDLE + "reload-on-update=false");
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> Cluster.node(stranger).protection().refusals().count(Refusals.Reason.TLS) > 0);
    assertThat(Cluster.node(shop).members().members()).hasSize(1);
  }

  @Test
  void aBundleThatDoesNotExistFailsTheStartAndThoseThatDoAreNamed() {
    assertThatThrownBy(() -> start("shop", "gossip.ssl.bundle=menbers"))
        .rootCause()
        .hasMessageContaining("menbers");
    assertThatThrownBy(() -> start("shop", "gossip.ssl.bundle=menbers"))
        .hasStackTraceContaining("gossip.ssl.bundle must be one of")
        .hasStackTraceContaining("[members]");
  }

  private ConfigurableApplicationContext start(String application, String... more) {
    String[] properties = {
      "gossip.ssl.bundle=members",
      "gossip.ssl.peer-names=*.shop.internal",
      "spring.ssl.bundle.watch.file.quiet-period=200ms",
      BUNDLE + "reload-on-update=true",
      BUNDLE + "keystore.certificate=file:" + folder.resolve("own.pem"),
      BUNDLE + "keystore.private-key=file:" + folder.resolve("key.pem"),
      BUNDLE + "truststore.certificate=file:" + folder.resolve("trusted.pem")
    };
    String[] all = new String[properties.length + more.length];
    System.arraycopy(properties, 0, all, 0, properties.length);
    System.arraycopy(more, 0, all, properties.length, more.length);
    return cluster.plain(application, all);
  }

  private static X509Bundle authority(String name) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  /** What the bundle reads: the certificate last, as the others are then there. */
  private void write(X509Bundle authority) throws Exception {
    X509Bundle member =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=member")
            .addSanDnsName("one.shop.internal")
            .buildIssuedBy(authority);
    replace("trusted.pem", authority.getCertificatePEM());
    replace("key.pem", member.getPrivateKeyPEM());
    replace("own.pem", member.getCertificatePEM());
  }

  private void replace(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}

package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.spring.Cluster;
import java.io.IOException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Applications that cannot find their cluster: what the log says at the first look, and the health.
 * All are troubled at the same time, and none sets up logging: while one does, others are silenced.
 */
@ExtendWith(OutputCaptureExtension.class)
class TroubledStartTest {

  private static final String KEYS = "gossip.encryption.keys=";
  private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String OTHER_KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
  private static final String OTHER_CLUSTER = "gossip.cluster-name=another";

  private static final Cluster CLUSTER = new Cluster();

  private static final int TROUBLED = 5;

  private static int plainPort;
  private static int strictPort;
  private static RefusingPort nobody;
  private static ConfigurableApplicationContext sealedSeed;
  private static ConfigurableApplicationContext otherKey;
  private static ConfigurableApplicationContext otherSealedCluster;
  private static ConfigurableApplicationContext otherCluster;
  private static ConfigurableApplicationContext notAllowed;
  private static ConfigurableApplicationContext seedless;

  @BeforeAll
  static void start(CapturedOutput output) throws IOException {
    System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    sealedSeed = start("sealed-seed", KEYS + KEY, "gossip.seeds=");
    int sealedPort = Cluster.port(sealedSeed);
    plainPort = Cluster.port(start("plain-seed", "gossip.seeds="));
    strictPort =
        Cluster.port(
            start("strict-seed", "gossip.seeds=", "gossip.security.allowed-networks=10.0.0.0/8"));
    nobody = new RefusingPort();
    otherKey = start("other-key", KEYS + OTHER_KEY, seed(sealedPort));
    otherSealedCluster = start("other-sealed-cluster", KEYS + KEY, OTHER_CLUSTER, seed(sealedPort));
    otherCluster = start("other-cluster", OTHER_CLUSTER, seed(plainPort));
    notAllowed = start("not-allowed", seed(strictPort));
    seedless = start("seedless", seed(nobody.number()));
    await()
        .atMost(Cluster.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(output.getAll().lines())
                    .filteredOn(line -> line.contains("has found no other member yet"))
                    .hasSize(TROUBLED));
  }

  private static ConfigurableApplicationContext start(String application, String... properties) {
    return CLUSTER.plain(application, properties);
  }

  private static String seed(int port) {
    return "gossip.seeds=127.0.0.1:" + port;
  }

  @AfterAll
  static void stop() throws IOException {
    CLUSTER.close();
    nobody.close();
    System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
  }

  @Test
  void anotherKeyIsNamedByItsIdAtBothEnds(CapturedOutput output) {
    assertLine(output, "streams to 127.0.0.1 were closed by the other end", "other keys or none");
    assertLine(output, "are encrypted with a key that this node does not hold (key ");
    assertTroubled(otherKey, "refused", "HANDSHAKE 127.0.0.1 (key ");
    assertThat(health(sealedSeed).getDetails()).containsKey("refused");
  }

  @Test
  void anotherClusterNameWithTheSameKeysIsNotGenuineAtTheSeed(CapturedOutput output) {
    assertLine(output, "are not genuine, or of another cluster (key ");
    assertTroubled(otherSealedCluster, "refused", "HANDSHAKE 127.0.0.1 (key ");
  }

  @Test
  void anotherClusterNameWithoutKeysIsAPossibleReason(CapturedOutput output) {
    assertLine(
        output, "Gossip node other-cluster-", ":" + plainPort + ": closed", "another cluster");
    assertTroubled(otherCluster, "seedProblem", "another cluster");
  }

  @Test
  void anAddressThatIsNotAllowedIsNamedAtTheSeedAndAPossibleReasonAtTheOther(
      CapturedOutput output) {
    assertLine(output, "from 127.0.0.1 come from an address that is not allowed");
    assertLine(
        output,
        "Gossip node not-allowed-",
        ":" + strictPort + ": closed",
        "not allow this address");
    assertTroubled(notAllowed, "seedProblem", "not allow this address");
  }

  @Test
  void aSeedThatDoesNotRunIsNamed(CapturedOutput output) {
    assertLine(output, "Gossip node seedless-", ":" + nobody.number() + ": connection refused");
    assertTroubled(seedless, "seedProblem", "connection refused");
  }

  /** One line, in which all of that is. */
  private static void assertLine(CapturedOutput output, String... parts) {
    assertThat(output.getAll().lines())
        .filteredOn(line -> line.contains(parts[0]))
        .anySatisfy(line -> assertThat(line).contains(parts));
  }

  private static void assertTroubled(
      ConfigurableApplicationContext context, String detail, String content) {
    Health health = health(context);
    assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
    assertThat(health.getDetails())
        .containsEntry("state", "JOINING")
        .extractingByKey(detail, InstanceOfAssertFactories.STRING)
        .contains(content);
  }

  private static Health health(ConfigurableApplicationContext context) {
    HealthIndicator indicator = context.getBean("gossipHealthIndicator", HealthIndicator.class);
    Health health = indicator.health();
    assertThat(health).isNotNull();
    return health;
  }
}

package io.gossip.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.GossipNode;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import io.gossip.spring.keys.GossipKeys;
import io.gossip.spring.keys.MemberKeys;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EncryptionPropertiesTest {

  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String OTHER = "HxAdHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GossipAutoConfiguration.class))
          .withPropertyValues(
              "gossip.cluster-name=test-" + UUID.randomUUID(),
              "gossip.bind.host=127.0.0.1",
              "gossip.bind.port=0",
              "gossip.shutdown.drain-delay=0s");

  @Test
  void withoutKeysNothingIsEncrypted() {
    runner
        .withPropertyValues("gossip.encryption.keys=")
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(GossipKeys.class);
              assertThat(context.getBean(GossipNode.class).protection().seals()).isFalse();
            });
  }

  @Test
  void withKeysEverythingIsAndTheMemberSaysWhichItHolds() {
    runner
        .withPropertyValues(
            "gossip.encryption.keys=" + KEY + "," + OTHER, "gossip.security.require=true")
        .run(
            context -> {
              GossipNode node = context.getBean(GossipNode.class);
              assertThat(node.protection().seals()).isTrue();
              assertThat(node.protection().refusesPlain()).isTrue();
              GossipKeys.State state = context.getBean(GossipKeys.class).state();
              assertThat(state.settled()).isTrue();
              assertThat(state.keys()).hasSize(2);
              assertThat(node.state().get(MemberKeys.STATE_KEY))
                  .isEqualTo(String.join(",", state.keys()));
              assertThat(context.getBean(GossipProperties.class).toString()).doesNotContain(KEY);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keys=AAECAwQF|keys[0]|cannot be: a key must be Base64 of 16, 24 or 32 bytes",
        "keys=" + KEY + ",not/a key!|keys[1]|cannot be: a key must be Base64",
        "keys=" + KEY + "," + KEY + "|keys|cannot be: the ids of a ring's keys must differ",
        "verify-outgoing=false|verify-outgoing|must be true with verify-incoming",
        "retire-after=-1s|retire-after|must not be negative"
      })
  void whatCannotBeIsNamedWithItsRuleAndWithoutTheKey(
      String setting, String property, String rule) {
    runner
        .withPropertyValues("gossip.encryption.keys=" + KEY, "gossip.encryption." + setting)
        .run(
            context -> {
              Throwable failure = context.getStartupFailure();
              while (failure != null && !(failure instanceof InvalidGossipPropertyException)) {
                failure = failure.getCause();
              }
              assertThat(failure)
                  .isInstanceOfSatisfying(
                      InvalidGossipPropertyException.class,
                      problem -> {
                        assertThat(problem.property()).isEqualTo("gossip.encryption." + property);
                        assertThat(problem.rule()).startsWith(rule);
                        assertThat(problem.getMessage()).doesNotContain(KEY).doesNotContain("AAEC");
                      });
            });
  }

  @ParameterizedTest
  @CsvSource({
    "gossip.security.require=true, gossip.security.require",
    "gossip.security.allowed-networks=ten.0.0.0/8, gossip.security.allowed-networks"
  })
  void whatSecurityAsksForMustBeThere(String setting, String property) {
    runner
        .withPropertyValues(setting)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining(property.endsWith("require") ? property : "ten.0.0.0/8"));
  }

  @Test
  void aRequiredEncryptionThatAcceptsPlainPacketsIsNone() {
    runner
        .withPropertyValues(
            "gossip.encryption.keys=" + KEY,
            "gossip.security.require=true",
            "gossip.encryption.verify-incoming=false")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("gossip.encryption.verify-incoming"));
  }

  @Test
  void aPacketMustLeaveRoomForItsEncryption() {
    runner
        .withPropertyValues(
            "gossip.encryption.keys=" + KEY, "gossip.transport.max-packet-size=1300B")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("gossip.transport.max-packet-size")
                    .hasMessageContaining("1328B"));
  }
}

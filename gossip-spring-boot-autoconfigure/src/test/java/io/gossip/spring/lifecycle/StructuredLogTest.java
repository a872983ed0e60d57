package io.gossip.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.TrailEntry;
import io.gossip.spring.service.Members;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Boot's structured logging makes of the lines about members. */
class StructuredLogTest {

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Member STOCK =
      Members.inZone(Members.serving("stock-1", "stock", 80), "eu-1a");
  private static final Membership VIEW = Members.view(Members.member("self", Map.of()));

  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("members");
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final MemberLines lines = new MemberLines(logger);

  @BeforeEach
  void listen() {
    context.putObject(
        Environment.class.getName(),
        new MockEnvironment().withProperty("spring.application.name", "shop"));
    context.setMDCAdapter(new LogbackMDCAdapter());
    logger.setLevel(Level.INFO);
    written.start();
    logger.addAppender(written);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void anEcsLineHasTheFieldsOfAFailure() {
    fail();
    JsonNode line = json("ecs").get(0);
    JsonNode gossip = line.at("/gossip");
    assertThat(gossip.at("/event").asString()).isEqualTo("FAILED");
    assertThat(gossip.at("/member").asString()).isEqualTo("stock-1");
    assertThat(gossip.at("/service").asString()).isEqualTo("stock");
    assertThat(gossip.at("/zone").asString()).isEqualTo("eu-1a");
    assertThat(gossip.at("/reason").asString()).contains("connection refused");
    assertThat(gossip.at("/accusers/0").asString()).isEqualTo("self");
    assertThat(gossip.at("/detectionMillis").asInt()).isEqualTo(1500);
    assertThat(gossip.at("/members").asInt()).isEqualTo(1);
    assertThat(line.at("/message").asString())
        .startsWith("stock-1 failed: connection refused")
        .endsWith("; 1 members");
    assertThat(line.at("/service/name").asString()).isEqualTo("shop");
  }

  @Test
  void aLogstashLineHasThem() {
    fail();
    JsonNode line = json("logstash").get(0);
    assertThat(line.properties()).extracting(Map.Entry::getKey).contains("gossip.event");
    assertThat(line.path("gossip.member").asString()).isEqualTo("stock-1");
    assertThat(line.path("gossip.detectionMillis").asInt()).isEqualTo(1500);
  }

  @Test
  void aSuspicionAndTheTrailOfAVerdictAreForDebug() {
    suspect();
    assertThat(written.list).isEmpty();
    logger.setLevel(Level.DEBUG);
    suspect();
    fail();
    List<JsonNode> told = json("ecs");
    assertThat(told)
        .extracting(line -> line.at("/gossip/event").asString())
        .containsExactly("SUSPECTED", "FAILED", "TRAIL");
    assertThat(told.get(0).at("/log/level").asString()).isEqualTo("DEBUG");
    assertThat(told.get(2).at("/gossip/step").asString()).isEqualTo("DEAD");
    assertThat(told.get(2).at("/gossip/by").asString()).isEqualTo("self");
    assertThat(told.get(2).at("/gossip/ageMillis").asInt()).isEqualTo(12);
  }

  @Test
  void whatIsEmptyHasNoField() {
    lines.write(new MembershipEvent.Joined(Members.member("jobs-1", Map.of())), VIEW);
    JsonNode gossip = json("ecs").get(0).at("/gossip");
    assertThat(gossip.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("event", "member", "reason", "members");
  }

  @Test
  void noNameCanForgeALine() {
    Member evil = Members.inZone(Members.with(STOCK, "service.version", "1\n2026 INFO"), "{}");
    logger.setLevel(Level.DEBUG);
    lines.write(new MembershipEvent.Updated(evil, STOCK), VIEW);
    assertThat(written.list)
        .singleElement()
        .satisfies(line -> assertThat(line.getFormattedMessage()).doesNotContain("\n"))
        .satisfies(
            line -> assertThat(line.getFormattedMessage()).contains("zone from eu-1a to {}"));
  }

  private void suspect() {
    List<Accusation> by = List.of(new Accusation("self", Evidence.SILENT));
    lines.write(new MembershipEvent.Suspected(Members.suspected(STOCK), by), VIEW);
  }

  private void fail() {
    List<Accusation> by = List.of(new Accusation("self", Evidence.REFUSED));
    TrailEntry verdict =
        new TrailEntry(
            Duration.ofMillis(12), TrailEntry.Step.DEAD, "self", null, 0, -1, null, null, "over");
    Member dead = STOCK.with(MemberStatus.DEAD);
    lines.write(
        new MembershipEvent.Failed(dead, by, Duration.ofMillis(1500), List.of(verdict)), VIEW);
  }

  private List<JsonNode> json(String format) {
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(context);
    encoder.setFormat(format);
    encoder.start();
    return written.list.stream()
        .map(line -> STRICT.readTree(new String(encoder.encode(line), StandardCharsets.UTF_8)))
        .toList();
  }
}

package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gossip.membership.NodeId;
import io.gossip.swim.Seed;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimReport.SeedReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of things that last, and how often. */
class TroublesTest {

  private static final List<SeedReport> SEEDS =
      List.of(
          seed("one", false, "connection refused"),
          seed("two", null, null),
          seed("this-one", true, null));

  private final Logger logger = (Logger) LoggerFactory.getLogger(Troubles.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Troubles troubles = new Troubles(new NodeId("a"), 1_400);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void whoFindsNobodySaysAtTheFirstLookWhatBecameOfEachSeed() {
    assertThat(Duration.ofNanos(Troubles.INTERVAL_NANOS)).isLessThan(Duration.ofSeconds(10));
    look(Phase.JOINING, 0, 1);
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("one:7946: connection refused", "two:7946: has not answered yet")
        .doesNotContain("this-one");
  }

  @Test
  void itIsSaidLessAndLess() {
    look(Phase.JOINING, 0, 10);
    assertThat(lines.list).hasSize(1); // in the first minute
    look(Phase.JOINING, 0, 590);
    assertThat(lines.list).hasSize(6); // in the first hour
  }

  @Test
  void whoHasFoundOthersOrHasNoSeedsHasNothingToSay() {
    look(Phase.JOINED, 0, 100);
    look(Phase.ALONE, 0, 100);
    assertThat(lines.list).isEmpty();
  }

  @Test
  void aSeedThatIsTheNodeItselfIsNotMissed() {
    troubles.look(Phase.JOINING, 0, () -> List.of(seed("this-one", true, null)));
    assertThat(lines.list).isEmpty();
  }

  @Test
  void probesThatGetThroughOverTcpOnlyMeanThatUdpIsBlocked() {
    look(Phase.JOINED, 2, 20); // now and then a datagram is lost on all ways
    assertThat(lines.list).isEmpty();
    troubles.look(Phase.JOINED, 5, List::of);
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("UDP");
  }

  @Test
  void thatTcpIsBlockedIsSaidOnce() {
    troubles.lookAtTcp(false);
    assertThat(lines.list).isEmpty();
    troubles.lookAtTcp(true);
    troubles.lookAtTcp(true);
    assertThat(lines.list).hasSize(1);
  }

  @Test
  void thatLargeDatagramsAreLostIsSaidAtOnceAndThenLessAndLess() {
    troubles.lookAtSizes(false);
    assertThat(lines.list).isEmpty();
    troubles.lookAtSizes(true);
    troubles.lookAtSizes(true);
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("none of 1400 bytes", "gossip.transport.max-packet-size");
    for (int i = 0; i < 60; i++) {
      troubles.lookAtSizes(i % 2 == 0); // it comes and goes
      look(Phase.JOINED, 0, 1);
    }
    assertThat(lines.list).hasSizeBetween(2, 5); // in six minutes
  }

  @Test
  void whereOnlySmallDatagramsGetThroughUdpIsNotTakenForBlocked() {
    troubles.lookAtSizes(true);
    troubles.look(Phase.JOINED, 50, List::of);
    assertThat(lines.list).hasSize(1);
  }

  private void look(Phase phase, long probes, int times) {
    for (int i = 0; i < times; i++) {
      troubles.look(phase, probes, () -> SEEDS);
    }
  }

  private static SeedReport seed(
      String host, @Nullable Boolean reachable, @Nullable String problem) {
    return new SeedReport(new Seed(host, 7946), List.of(), reachable, null, problem);
  }
}

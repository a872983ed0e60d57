package io.gossip.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.service.Members;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MembershipLogTest {

  private static final Membership VIEW = Members.view(Members.member("self", Map.of()));

  private final Logger logger = (Logger) LoggerFactory.getLogger(MembershipLog.class);
  private final @Nullable Level before = logger.getLevel();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong now = new AtomicLong();
  private final MembershipLog log = new MembershipLog(now::get, Duration.ofMinutes(1));

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    log.destroy();
    logger.detachAppender(lines);
    logger.setLevel(before);
    logger.setAdditive(true);
  }

  @Test
  void aFewMembersHaveALineEach() {
    log.onEvent(new MembershipEvent.Joined(member(1)), VIEW);
    log.onEvent(new MembershipEvent.Left(member(1).with(MemberStatus.LEFT)), VIEW);
    assertThat(lines())
        .containsExactly("m-1 joined from 127.0.0.1:7946; 1 members", "m-1 left; 1 members");
  }

  @Test
  void aMassDeathIsTenLinesAndASentence() {
    fail(2000);
    log.destroy();
    assertThat(lines())
        .hasSize(MembershipLog.LINES_PER_SECOND + 1)
        .last()
        .isEqualTo("Besides, 1990 members of zone b failed; 1 members");
  }

  @Test
  void theNextSecondHasItsLinesAgain() {
    fail(MembershipLog.LINES_PER_SECOND);
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    fail(MembershipLog.LINES_PER_SECOND);
    assertThat(lines())
        .hasSize(2 * MembershipLog.LINES_PER_SECOND)
        .noneMatch(line -> line.startsWith("Besides"));
  }

  @Test
  void whatIsAboutThisNodeIsNeverLeftOut() {
    fail(MembershipLog.LINES_PER_SECOND);
    log.onEvent(new MembershipEvent.Connected(VIEW.self()), VIEW);
    assertThat(lines()).last().asString().startsWith("Connected to the cluster");
  }

  @Test
  void lostEventsHaveALineAndANodeThatStartsAgainHasNone() {
    log.onResync(VIEW, 0);
    log.onResync(VIEW, 7);
    assertThat(lines()).containsExactly("7 changes were too fast to log; 1 members");
  }

  @Test
  void whatHasBeenCountedIsToldThoughNothingMoreComes() {
    MembershipLog hasty = new MembershipLog(now::get, Duration.ofMillis(10));
    fail(hasty, MembershipLog.LINES_PER_SECOND + 1);
    await().until(() -> lines().size() > MembershipLog.LINES_PER_SECOND);
    assertThat(lines()).last().isEqualTo("Besides, 1 member of zone b failed; 1 members");
    fail(hasty, 1);
    assertThat(lines()).last().asString().startsWith("m-0 failed");
    hasty.destroy();
  }

  private void fail(int count) {
    fail(log, count);
  }

  private static void fail(MembershipLog log, int count) {
    for (int i = 0; i < count; i++) {
      Member dead = Members.inZone(member(i), "b").with(MemberStatus.DEAD);
      log.onEvent(new MembershipEvent.Failed(dead, List.of(), Duration.ZERO), VIEW);
    }
  }

  private static Member member(int number) {
    return Members.member("m-" + number, Map.of());
  }

  private List<String> lines() {
    return List.copyOf(lines.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}

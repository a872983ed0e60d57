package io.gossip.spring.lifecycle;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.TrailEntry;
import io.gossip.spring.history.Transition;
import io.gossip.spring.history.TransitionType;
import io.gossip.spring.history.Transitions;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The lines about what happens to members: each a sentence that stands alone, and its parts as
 * key-value fields for structured logging.
 *
 * <p>The fields are named {@code gossip.…}: the Elastic Common Schema has an {@code event} and a
 * {@code service} of its own, and Spring Boot fails on a line that has a second {@code service}.
 */
final class MemberLines {

  private static final String EVENT = "gossip.event";
  private static final String MEMBER = "gossip.member";
  private static final String MEMBERS = "gossip.members";
  private static final String REASON = "gossip.reason";

  private final Logger log;

  MemberLines(Logger log) {
    this.log = log;
  }

  /** One line about an event; none about an update that matters to nobody. */
  void write(MembershipEvent event, Membership view) {
    Level level = level(event);
    if (!log.isEnabledForLevel(level)) {
      return;
    }
    Transition what = Transitions.of(event, view);
    if (what == null) {
      return;
    }
    int members = view.members().size();
    LoggingEventBuilder line = withFields(log.atLevel(level), what, members);
    if (event instanceof MembershipEvent.Failed failed && !failed.sinceFirstSign().isZero()) {
      line = line.addKeyValue("gossip.detectionMillis", failed.sinceFirstSign().toMillis());
    }
    line.log(sentence(what, event, members));
    if (event instanceof MembershipEvent.Failed failed) {
      writeTrail(failed);
    }
  }

  private static Level level(MembershipEvent event) {
    if (event instanceof MembershipEvent.ZoneUnreachable) {
      return Level.WARN;
    }
    boolean told =
        MembershipLog.isAboutPresence(event)
            || event instanceof MembershipEvent.ZoneReachable
            || event instanceof MembershipEvent.Connected;
    return told ? Level.INFO : Level.DEBUG;
  }

  private static LoggingEventBuilder withFields(
      LoggingEventBuilder line, Transition what, int members) {
    LoggingEventBuilder with =
        line.addKeyValue(EVENT, what.type().name())
            .addKeyValue(MEMBER, what.member())
            .addKeyValue(REASON, what.reason())
            .addKeyValue(MEMBERS, members);
    if (what.service() != null) {
      with = with.addKeyValue("gossip.service", what.service());
    }
    if (!what.zone().isEmpty()) {
      with = with.addKeyValue("gossip.zone", what.zone());
    }
    return what.by().isEmpty() ? with : with.addKeyValue("gossip.accusers", what.by());
  }

  private static String sentence(Transition what, MembershipEvent event, int members) {
    String who = what.member();
    String now = "; " + members + " members";
    return switch (what.type()) {
      case JOINED -> who + joined(event) + " from " + place(event.member()) + now;
      case RESTARTED -> who + " restarted at " + place(event.member()) + now;
      case LEFT -> who + " left" + now;
      case FAILED -> who + " failed: " + what.reason() + now;
      case SUSPECTED -> who + " is suspected: " + what.reason();
      case RECOVERED -> who + " recovered: " + what.reason();
      case UPDATED -> who + " was updated: " + what.reason();
      case FORGOTTEN -> who + " is forgotten";
      case ZONE_UNREACHABLE -> "Zone " + what.zone() + " is " + what.reason();
      case ZONE_REACHABLE -> "Zone " + what.zone() + " " + what.reason();
      case CONNECTED -> "Connected to the cluster" + now;
      case ISOLATED, CONFLICT, RESYNC -> who + ": " + what.reason();
    };
  }

  private static String joined(MembershipEvent event) {
    boolean restart = event instanceof MembershipEvent.Joined joined && joined.isRestart();
    return restart ? " restarted and joined" : " joined";
  }

  private static String place(Member member) {
    return member.address().getAddress().getHostAddress() + ":" + member.address().getPort();
  }

  /** What led to a verdict, for verdicts that have a line of their own. */
  private void writeTrail(MembershipEvent.Failed failed) {
    if (!log.isDebugEnabled()) {
      return;
    }
    String who = failed.member().id().value();
    for (TrailEntry entry : failed.trail()) {
      log.atDebug()
          .addKeyValue(EVENT, "TRAIL")
          .addKeyValue(MEMBER, who)
          .addKeyValue("gossip.step", entry.step().name())
          .addKeyValue("gossip.by", entry.by())
          .addKeyValue("gossip.ageMillis", entry.age().toMillis())
          .addKeyValue(REASON, entry.detail())
          .log(who + ": " + entry);
    }
  }

  /** What was too much for lines of its own. */
  void writeRest(Object rest, int members) {
    log.atInfo()
        .addKeyValue(EVENT, "SUMMARY")
        .addKeyValue(MEMBERS, members)
        .log("Besides, " + rest + "; " + members + " members");
  }

  /** Events were dropped before they came here. */
  void writeResync(Membership view, int dropped) {
    int members = view.members().size();
    log.atInfo()
        .addKeyValue(EVENT, TransitionType.RESYNC.name())
        .addKeyValue("gossip.dropped", dropped)
        .addKeyValue(MEMBERS, members)
        .log(dropped + " changes were too fast to log; " + members + " members");
  }
}

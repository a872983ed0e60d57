package io.gossip.samples.console;

import io.gossip.NodeReport;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.SwimReport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the node says, as lines of text. They are not yet fit to be printed. */
final class Words {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final int TWO = 2; // of a unit, before the next larger one is taken

  private Words() {}

  static String of(MembershipEvent event) {
    String what = event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return String.format("%-9s %s%s", what, of(event.member()), detail(event));
  }

  /** Without the state of the member, for where there is less room. */
  static String brief(MembershipEvent event) {
    String what = event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return String.format("%-9s %s%s", what, event.member().id(), detail(event));
  }

  private static String detail(MembershipEvent event) {
    if (event instanceof MembershipEvent.Failed failed) {
      return ": " + failed.reason();
    }
    if (event instanceof MembershipEvent.Suspected suspected) {
      return ": " + suspected.reason();
    }
    if (event instanceof MembershipEvent.Recovered recovered) {
      return ": " + recovered.reason();
    }
    if (event instanceof MembershipEvent.ZoneUnreachable cut) {
      return ": " + cut.zone() + ", " + cut.members().size() + " members";
    }
    if (event instanceof MembershipEvent.ZoneReachable healed) {
      return ": " + healed.zone() + ", " + healed.members().size() + " members";
    }
    if (event instanceof MembershipEvent.Conflict conflict) {
      return ": its name is also borne at " + conflict.other();
    }
    return "";
  }

  static String of(Member member) {
    return String.format("%s at %s %s", member.id(), of(member.address()), member.state());
  }

  /** An address without asking anybody for its name. */
  static String of(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  static List<String> of(Membership view) {
    List<String> lines = new ArrayList<>();
    for (List<Member> some : List.of(view.members(), view.departed())) {
      some.forEach(member -> lines.add(String.format("%-9s %s", member.status(), of(member))));
    }
    lines.add(view.members().size() + " active, " + view.departed().size() + " departed");
    return lines;
  }

  static List<String> of(NodeReport report) {
    SwimReport swim = report.swim();
    List<String> lines = new ArrayList<>();
    lines.add(swim.phase() + " in cluster " + report.cluster() + ", health " + swim.localHealth());
    lines.add("listens on " + report.bound() + " by " + report.transport());
    lines.add("announces " + report.advertised() + ", " + report.addressSource());
    for (SwimReport.SeedReport seed : swim.seeds()) {
      lines.add("seed " + seed.seed() + ": " + (seed.problem() == null ? "fine" : seed.problem()));
    }
    for (SwimReport.MemberReport member : swim.members()) {
      lines.add(
          String.format(
              "%s %s for %d s, round trip %s, accused by %s",
              member.member().id(),
              member.member().status(),
              member.since().toSeconds(),
              member.roundTrip() == null ? "unknown" : millis(member.roundTrip()),
              member.accusations()));
    }
    return lines;
  }

  /** Milliseconds; a dash for what is not known. */
  static String millis(@Nullable Duration duration) {
    if (duration == null) {
      return "-";
    }
    double millis = duration.toNanos() / NANOS_PER_MILLI;
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
  }

  /** In the largest unit of which there are two or more. */
  static String roughly(Duration duration) {
    if (duration.toDays() >= TWO) {
      return duration.toDays() + " d";
    }
    if (duration.toHours() >= TWO) {
      return duration.toHours() + " h";
    }
    return duration.toMinutes() >= TWO
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }
}

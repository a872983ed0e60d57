package io.gossip.samples.console;

import io.gossip.membership.Accusation;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.swim.SwimReport.MemberReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The members as lines of a table, as many as there is room for: those that are not alive first, as
 * these are why somebody looks.
 */
final class MemberTable {

  private static final List<MemberStatus> ORDER =
      List.of(MemberStatus.SUSPECT, MemberStatus.DEAD, MemberStatus.LEFT, MemberStatus.ALIVE);
  private static final int STATE = 7;
  private static final int TIME = 8;
  private static final int SINCE = 7;
  private static final int HEALTH = 6;
  private static final int GAPS = 7;
  private static final int NARROWEST = 4;

  private final int nameColumns;
  private final int serviceColumns;
  private final int zoneColumns;
  private final int accuserColumns;
  private final int columns;

  MemberTable(int columns) {
    this.columns = columns;
    int rest = Math.max(0, columns - STATE - TIME - SINCE - HEALTH - GAPS);
    nameColumns = Math.max(NARROWEST, rest * 3 / 10);
    serviceColumns = Math.max(NARROWEST, rest * 3 / 10);
    zoneColumns = Math.max(NARROWEST, rest * 15 / 100);
    accuserColumns = Math.max(NARROWEST, rest - nameColumns - serviceColumns - zoneColumns);
  }

  String title() {
    return line("MEMBER", "STATE", "SERVICE", "ZONE", "RTT", "HEALTH", "SINCE", "SUSPECTED BY");
  }

  /** At most so many lines; the last one says how many members are not shown. */
  List<Row> rows(List<MemberReport> members, int room) {
    List<MemberReport> sorted = new ArrayList<>(members);
    sorted.sort(
        Comparator.<MemberReport>comparingInt(each -> ORDER.indexOf(each.member().status()))
            .thenComparing(each -> each.member().id()));
    int shown = sorted.size() <= room ? sorted.size() : Math.max(0, room - 1);
    List<Row> rows = new ArrayList<>();
    for (MemberReport each : sorted.subList(0, shown)) {
      rows.add(new Row(line(each), each.member().status()));
    }
    if (shown < sorted.size() && room > 0) {
      String more = "… " + (sorted.size() - shown) + " more";
      rows.add(new Row(Printable.fit(more, columns), sorted.get(shown).member().status()));
    }
    return rows;
  }

  private String line(MemberReport report) {
    Member member = report.member();
    return line(
        member.id().value(),
        member.status().name(),
        service(member),
        member.zone(),
        Words.millis(report.roundTrip()),
        report.health() < 0 ? "-" : Integer.toString(report.health()),
        Words.roughly(report.since()),
        report.accusations().stream().map(Accusation::accuser).collect(Collectors.joining(", ")));
  }

  private static String service(Member member) {
    String id = member.state().getOrDefault("service.id", "");
    String status = member.state().getOrDefault("service.status", "UP");
    return id.isEmpty() || status.equals("UP") ? id : id + " " + status;
  }

  private String line(
      String name,
      String state,
      String service,
      String zone,
      String roundTrip,
      String health,
      String since,
      String accusers) {
    String line =
        String.join(
            " ",
            Printable.fit(name, nameColumns),
            Printable.fit(state, STATE),
            Printable.fit(service, serviceColumns),
            Printable.fit(zone, zoneColumns),
            Printable.fit(roundTrip, TIME),
            Printable.fit(health, HEALTH),
            Printable.fit(since, SINCE),
            Printable.fit(accusers, accuserColumns));
    return Printable.fit(line, columns);
  }

  /**
   * A line of the table.
   *
   * @param text as wide as the table
   * @param status of the member, or of the first that is not shown
   */
  record Row(String text, MemberStatus status) {}
}

package io.gossip.samples.console;

import io.gossip.NodeReport;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.swim.SwimReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One picture of the cluster: who this is, the members, the latest lines, and figures. As many
 * lines as the terminal has, but for two at the bottom, where one types.
 */
final class Frame {

  /** Who, how many, titles, the title of what is below, figures. */
  private static final int FIXED = 5;

  private static final int PROMPT = 2;
  private static final int SHARE = 3; // of which one is for the lines below
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  private final Size size;
  private final List<String> lines = new ArrayList<>();

  private Frame(Size size) {
    this.size = size;
  }

  /**
   * Draws it.
   *
   * @param title of the lines below the members
   * @param below these lines, the latest last; the latest are shown
   */
  static List<String> of(NodeReport report, String title, List<String> below, Size size) {
    Frame frame = new Frame(size);
    frame.draw(report, title, below);
    return frame.lines;
  }

  /** The first line below the last of them, from 1. */
  static int promptRow(Size size) {
    return size.rows() - PROMPT + 1;
  }

  private void draw(NodeReport report, String title, List<String> below) {
    int room = size.rows() - PROMPT - FIXED;
    List<SwimReport.MemberReport> members = report.swim().members();
    int forBelow = Math.min(below.size(), Math.max(room / SHARE, room - members.size()));
    MemberTable table = new MemberTable(size.columns());
    add(BOLD, who(report));
    add("", counts(report.view()));
    add(DIM, table.title());
    for (MemberTable.Row row : table.rows(members, room - forBelow)) {
      add(colour(row.status()), row.text());
    }
    while (lines.size() < size.rows() - PROMPT - forBelow - 2) {
      add("", "");
    }
    add(DIM, title);
    below.subList(below.size() - forBelow, below.size()).forEach(line -> add("", line));
    add(DIM, figures(report.swim()));
  }

  private void add(String colour, String text) {
    String line = Printable.fit(text, size.columns());
    lines.add(colour.isEmpty() ? line : colour + line + PLAIN);
  }

  private static String colour(MemberStatus status) {
    return switch (status) {
      case DEAD -> RED;
      case SUSPECT -> YELLOW;
      case LEFT -> DIM;
      case ALIVE -> "";
    };
  }

  private static String who(NodeReport report) {
    return report.view().self().id()
        + " at "
        + Words.of(report.advertised())
        + ", cluster "
        + report.cluster()
        + ": "
        + report.swim().phase();
  }

  private static String counts(Membership view) {
    return String.format(
        "%d alive, %d suspect, %d failed, %d left",
        view.count(MemberStatus.ALIVE),
        view.count(MemberStatus.SUSPECT),
        view.count(MemberStatus.DEAD),
        view.count(MemberStatus.LEFT));
  }

  private static String figures(SwimReport swim) {
    SwimReport.Convergence found = swim.convergence();
    SwimReport.LastMinute counted = swim.lastMinute();
    Duration lag = found.lag99();
    double seconds = Math.max(1, counted.span().toMillis() / 1e3);
    return String.format(
        Locale.ROOT,
        "agreement %d/%d   lag %s   sent %.0f B/s   received %.0f B/s   local health %d",
        found.agreeing(),
        found.heard(),
        Words.millis(lag),
        counted.bytesSent() / seconds,
        counted.bytesReceived() / seconds,
        swim.localHealth());
  }
}

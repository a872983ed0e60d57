package io.gossip.samples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.NodeReport;
import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimReport.MemberReport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameTest {

  private static final Size SIZE = new Size(100, 24);
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7946);

  private final List<MemberReport> members = new ArrayList<>();

  @Test
  void itShowsMembersWithTheirServiceZoneRoundTripAndAccusers() {
    add("self", MemberStatus.ALIVE, "", Map.of());
    Map<String, String> stock = Map.of("service.id", "stock", "service.status", "OUT_OF_SERVICE");
    add("stock-1", MemberStatus.SUSPECT, "eu-1a", stock);
    List<String> lines = frame(List.of("12:00:00.000 suspected stock-1: no answer"));
    assertThat(lines.get(0)).contains("self at 127.0.0.1:7946, cluster shop: JOINED");
    assertThat(lines.get(1)).startsWith("1 alive, 1 suspect, 0 failed, 0 left");
    assertThat(lines.get(2)).contains("MEMBER", "RTT", "SUSPECTED BY");
    assertThat(plain(lines.get(3)))
        .startsWith("stock-1 ")
        .containsSubsequence("SUSPECT", "stock OUT_OF_SERV", "eu-1a", "0.35 ms", "2", "90 s")
        .contains("shop-1, shop-2");
    assertThat(plain(lines.get(4))).startsWith("self ").contains("ALIVE");
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("suspected stock-1"));
    assertThat(plain(lines.get(lines.size() - 1)))
        .startsWith(
            "agreement 18/20   lag 12 ms   sent 99 B/s   received 101 B/s   local health 1");
  }

  @Test
  void itHasAsManyLinesAsTheTerminalButForThePromptAndEachIsAsWide() {
    IntStream.range(0, 500).forEach(i -> add("m-" + i, MemberStatus.ALIVE, "z", Map.of()));
    for (Size size : List.of(SIZE, new Size(20, 8), new Size(240, 60), new Size(1, 1))) {
      List<String> lines = Frame.of(report(), "EVENTS", Collections.nCopies(300, "x"), size);
      assertThat(lines).hasSize(size.rows() - 2);
      assertThat(lines)
          .allSatisfy(line -> assertThat(Printable.width(plain(line))).isEqualTo(size.columns()));
      assertThat(Frame.promptRow(size)).isEqualTo(lines.size() + 1);
    }
  }

  @Test
  void ofFiveHundredItShowsThoseThatAreNotAliveAndCountsTheRest() {
    IntStream.range(0, 498).forEach(i -> add("m-" + i, MemberStatus.ALIVE, "", Map.of()));
    add("z-dead", MemberStatus.DEAD, "", Map.of());
    add("z-suspect", MemberStatus.SUSPECT, "", Map.of());
    List<String> lines = frame(List.of());
    assertThat(plain(lines.get(3))).startsWith("z-suspect ");
    assertThat(plain(lines.get(4))).startsWith("z-dead ");
    // 22 lines, less who, how many, titles, the title below and the figures
    assertThat(lines).filteredOn(line -> line.contains("ALIVE")).hasSize(14);
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("… 484 more"));
  }

  @Test
  void theLatestLinesAreShown() {
    add("self", MemberStatus.ALIVE, "", Map.of());
    List<String> below = IntStream.range(0, 100).mapToObj(i -> "line " + i + ".").toList();
    assertThat(frame(below))
        .anySatisfy(line -> assertThat(line).startsWith("line 99."))
        .noneSatisfy(line -> assertThat(line).startsWith("line 1."));
  }

  @Test
  void nothingThatTheNetworkSaysReachesTheTerminalAsAnEscapeSequence() {
    String evil = "\u001b[2J\u009bX\u202e";
    // A node id has no control characters, but may turn the direction of writing.
    add("m\u202e", MemberStatus.ALIVE, evil, Map.of("service.id", evil, "service.status", evil));
    List<String> lines = frame(List.of("failed x: " + evil + "\r\n"));
    String text = String.join("", lines).replaceAll("\u001b\\[[0-9]{1,2}m", ""); // our colours
    assertThat(text).doesNotContain("\u001b", "\u009b", "\u202e", "\r", "\n");
    assertThat(text).contains("m?", "?[2J?X?");
  }

  private void add(String id, MemberStatus status, String zone, Map<String, String> state) {
    Member member =
        new Member(new NodeId(id), 1_000, 0, status, HERE, zone, new ProtocolRange(1, 1), 1, state);
    boolean accused = status == MemberStatus.SUSPECT;
    members.add(
        new MemberReport(
            member,
            Duration.ofSeconds(90),
            Duration.ofSeconds(1),
            accused ? Duration.ofNanos(350_000) : null,
            accused
                ? List.of(
                    new Accusation("shop-1", Evidence.SILENT),
                    new Accusation("shop-2", Evidence.SILENT))
                : List.of(),
            accused ? 2 : -1));
  }

  private List<String> frame(List<String> below) {
    return Frame.of(report(), "EVENTS", below, SIZE);
  }

  private NodeReport report() {
    List<Member> all = members.stream().map(MemberReport::member).toList();
    List<Member> active = all.stream().filter(each -> isActive(each.status())).toList();
    List<Member> gone = all.stream().filter(each -> !isActive(each.status())).toList();
    Membership view = new Membership(1, 0, active.get(0), active, gone);
    SwimReport swim =
        new SwimReport(
            SwimReport.Phase.JOINED,
            1,
            0,
            1,
            2,
            3,
            List.of(),
            0,
            List.of(),
            members,
            new SwimReport.Convergence(
                20, 18, 1, null, 20, 20, null, Duration.ofMillis(12), 0, 3, 2, 4),
            new SwimReport.LastMinute(Duration.ofSeconds(10), 990, 1010, 20, 20, 0, 0, 0, 0, 0));
    return new NodeReport("shop", view, swim, HERE, HERE, "chosen", "nio", 1);
  }

  private static boolean isActive(MemberStatus status) {
    return status == MemberStatus.ALIVE || status == MemberStatus.SUSPECT;
  }

  private static String plain(String line) {
    return line.replaceAll("\u001b\\[[0-9]{1,2}m", "");
  }
}

package io.gossip.samples.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DisplayTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void withoutATerminalEachEventIsALineWithItsTime() {
    Display display = new PlainDisplay(out);
    display.event("joined    c at 10.99.0.2:7946 {}");
    display.answer(List.of("4 active, 0 departed"));
    assertThat(written().lines())
        .hasSize(2)
        .first()
        .asString()
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} joined {4}c at 10.99.0.2:7946 \\{\\}");
  }

  @Test
  void withoutATerminalNothingEscapesEither() {
    new PlainDisplay(out).event("updated   c {k=\u001b[2J\nfailed    d}");
    assertThat(written()).contains("{k=?[2J?failed    d}").doesNotContain("\u001b");
    assertThat(written().lines()).hasSize(1);
  }

  @Test
  void noColorAndADumbTerminalMeanLines() {
    assertThat(Terminal.isLive(Map.of("NO_COLOR", "1", "TERM", "xterm"))).isFalse();
    assertThat(Terminal.isLive(Map.of("TERM", "dumb"))).isFalse();
  }

  @Test
  void aScreenIsDrawnAnewWhenSomethingHappensAndGivesTheTerminalBack() {
    try (GossipNode node =
        GossipNode.builder()
            .id("self")
            .cluster("console-test")
            .bindHost(InetAddress.getLoopbackAddress())
            .bindPort(0)
            .build()) {
      node.start();
      Screen screen = new Screen(node, out, new Terminal());
      screen.open();
      await().until(() -> written().contains("self at 127.0.0.1:"));
      screen.event("failed    x: no answer");
      await().until(() -> written().contains("failed    x: no answer"));
      Commands commands = new Commands(node, screen);
      assertThat(commands.obey("put k v")).isTrue();
      assertThat(node.state()).containsEntry("k", "v");
      assertThat(commands.obey("members")).isTrue();
      await().until(() -> written().contains("1 active, 0 departed"));
      assertThat(commands.obey("trail nobody")).isTrue();
      await().until(() -> written().contains("nothing is known against nobody"));
      assertThat(commands.obey("what?")).isTrue();
      await().until(() -> written().contains("one of"));
      assertThat(commands.obey("quit")).isFalse();
      screen.close();
      screen.close();
      assertThat(written()).startsWith("\u001b[?1049h").endsWith("\u001b[?1049l");
    }
  }

  @Test
  void whatTheNodeLogsBecomesLinesOfBoundedLength() {
    List<String> lines = new ArrayList<>();
    PrintStream err = new PrintStream(new Lines(lines::add), true);
    err.print("half");
    err.println(" a line");
    err.println("x".repeat(10_000));
    assertThat(lines).hasSize(2).first().isEqualTo("half a line");
    assertThat(lines.get(1)).hasSize(2_000);
  }

  @Test
  void theCommandLineIsReadAndWhatIsWrongIsNamed() throws Exception {
    assertThat(Options.parse("--id", "a", "--plain", "--cluster", "c").plain()).isTrue();
    assertThat(Options.parse("--id", "a").plain()).isFalse();
    assertThatThrownBy(() -> Options.parse("--plain", "--id"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--id lacks a value");
    assertThatThrownBy(() -> Options.parse("--colour", "x")).hasMessage("unknown option --colour");
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.Precedence;
import io.gossip.sim.Effect;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.PacketScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each packet of {@code hostile/packets.txt}, from a stranger, from a member, and on a stream: it
 * is counted as the table says, and this node stays alive in an unchanged view.
 */
class HostilePacketsTest {

  private static final InetSocketAddress STRANGER = Simulation.address(900);
  private static final long STRANGERS_HANDLE = 0x5742A96E60000001L;
  private static final long STREAM = -1;

  private final Stage stage = new Stage();
  private final Actor b = stage.member("b");
  private final Actor c = stage.member("c");
  private final long self = stage.swim.membership().self().identity().handle();
  private final PacketScript script = new PacketScript(Map.of("self", self, "b", b.handle()));

  /** One line of the table. */
  record Row(String outcome, String what, String bytes) {
    @Override
    public String toString() {
      return outcome + ": " + what + " [" + bytes.substring(0, Math.min(12, bytes.length())) + "]";
    }
  }

  static List<Row> rows() {
    try (Stream<String> lines = Files.lines(table())) {
      return lines
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\|", 3))
          .map(columns -> new Row(columns[0].trim(), columns[1].trim(), columns[2].trim()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path table() {
    try {
      return Path.of(
          Objects.requireNonNull(HostilePacketsTest.class.getResource("/hostile/packets.txt"))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void fromAStrangerItIsCountedAndChangesNothing(Row row) {
    assertThatItChangesNothing(
        row,
        () -> {
          byte[] packet = script.packet(row.bytes, STRANGERS_HANDLE);
          stage.swim.receive(stage.now(), STRANGER, ByteBuffer.wrap(packet));
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void fromAMemberItIsCountedAndChangesNothing(Row row) {
    assertThatItChangesNothing(
        row,
        () -> {
          byte[] packet = script.packet(row.bytes, b.handle());
          stage.swim.receive(stage.now(), b.address, ByteBuffer.wrap(packet));
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void onAStreamItChangesNothing(Row row) {
    Membership before = stage.swim.membership();
    stage.swim.accepted(stage.now(), STREAM, STRANGER);

    byte[] frame = script.packet(row.bytes, STRANGERS_HANDLE);
    stage.swim.received(stage.now(), STREAM, ByteBuffer.wrap(frame));

    if (row.outcome.equals("MALFORMED")) {
      stage.react();
      assertThat(stage.effects()).contains(new Effect.Closed(STREAM));
      assertThat(stage.swim.stats().dropped(Drop.MALFORMED)).isEqualTo(1);
    }
    stage.passes(Duration.ofSeconds(2));
    assertThat(stage.swim.membership().members()).isEqualTo(before.members());
    assertThat(stage.swim.phase()).isEqualTo(Phase.JOINED);
  }

  @Test
  void tableIsLongEnough() {
    assertThat(rows()).hasSizeGreaterThan(200).doesNotHaveDuplicates();
  }

  private void assertThatItChangesNothing(Row row, Runnable packet) {
    Membership before = stage.swim.membership();
    long handled = stage.swim.stats().count(Counter.PACKETS_HANDLED);
    Map<Drop, Long> drops = drops();
    stage.effects();

    packet.run();
    stage.react();

    boolean refuted = row.outcome.equals("refuted");
    if (!refuted && !row.outcome.equals("nothing")) {
      Drop drop = Drop.valueOf(row.outcome);
      assertThat(stage.swim.stats().dropped(drop)).isEqualTo(drops.getOrDefault(drop, 0L) + 1);
      if (drop.wholePacket()) {
        assertThat(stage.effects()).isEmpty();
        assertThat(stage.swim.stats().count(Counter.PACKETS_HANDLED)).isEqualTo(handled);
      }
    }
    Member self = stage.swim.membership().self();
    assertThat(!self.equals(before.self())).isEqualTo(refuted);
    if (refuted) {
      assertThat(Precedence.compare(self, before.self())).isPositive();
    }
    stage.passes(Duration.ofSeconds(2));
    assertThat(stage.swim.phase()).isEqualTo(Phase.JOINED);
    assertThat(stage.swim.membership().self().status()).isEqualTo(MemberStatus.ALIVE);
    assertThat(stage.swim.membership().members())
        .filteredOn(member -> !member.id().equals(self.id()))
        .containsExactly(b.record(), c.record())
        .isEqualTo(before.members().stream().filter(m -> !m.id().equals(self.id())).toList());
  }

  private Map<Drop, Long> drops() {
    Map<Drop, Long> drops = new EnumMap<>(Drop.class);
    for (Drop reason : Drop.values()) {
      drops.put(reason, stage.swim.stats().dropped(reason));
    }
    return drops;
  }
}

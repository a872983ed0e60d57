package io.gossip.sim;

import static io.gossip.sim.Lab.A;
import static io.gossip.sim.Lab.B;
import static io.gossip.sim.Lab.EVEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a link does to a packet. */
class LinkTest {
  private final Lab lab = new Lab();
  private final Lab.Peer a = lab.peer(A);
  private final Lab.Peer b = lab.peer(B);

  @Test
  void lossOfBurstsComesInRunsOfItsLength() {
    lab.paths.all(EVEN.withBursts(1, Duration.ofMillis(900), Duration.ofMillis(100)));
    for (int i = 0; i < 20_000; i++) {
      a.send(b, i);
      lab.run(Duration.ofMillis(5));
    }
    lab.run(Duration.ofSeconds(1));
    boolean[] arrived = new boolean[20_000];
    for (String value : b.got(text -> text.substring(text.lastIndexOf(' ') + 1))) {
      arrived[Integer.parseInt(value)] = true;
    }
    long lost = IntStream.range(0, 20_000).filter(i -> !arrived[i]).count();
    long runs = IntStream.range(1, 20_000).filter(i -> !arrived[i] && arrived[i - 1]).count();
    assertThat(lost / 20_000.0).isCloseTo(0.1, within(0.03));
    // 100 ms of packets that are 5 ms apart; single losses would be runs of 1.1.
    assertThat((double) lost / runs).isCloseTo(20, within(6.0));
  }

  @Test
  void goodTimesHaveALossOfTheirOwn() {
    lab.paths.all(
        EVEN.withLoss(0.2).withBursts(0.8, Duration.ofMillis(100), Duration.ofMillis(100)));
    for (int i = 0; i < 20_000; i++) {
      a.send(b, i);
      lab.run(Duration.ofMillis(5));
    }
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got.size() / 20_000.0).isCloseTo(0.5, within(0.04));
  }

  @Test
  void eachWayHasBadTimesOfItsOwn() {
    lab.paths.all(EVEN.withBursts(1, Duration.ofSeconds(10), Duration.ofSeconds(10)));
    int same = 0;
    for (int i = 0; i < 1_000; i++) {
      a.got.clear();
      b.got.clear();
      a.send(b, 1);
      b.send(a, 1);
      lab.run(Duration.ofSeconds(20));
      same += a.got.size() == b.got.size() ? 1 : 0;
    }
    assertThat(same).isBetween(420, 580);
  }

  @Test
  void truncatedDatagramHasLostItsEnd() {
    lab.paths.all(EVEN.withTruncation(1));
    for (int i = 0; i < 100; i++) {
      a.send(b, 0x01020304);
    }
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got(text -> text.substring(text.indexOf(' ') + 1)).stream().distinct().sorted())
        .isEqualTo(
            List.of(
                "datagram of 0 bytes",
                "datagram of 1 bytes",
                "datagram of 2 bytes",
                "datagram of 3 bytes"));
  }

  @Test
  void bandwidthDelaysWhatIsLarge() {
    lab.paths.all(EVEN.withBandwidth(10_000));
    a.send(b, Lab.room(1_000));
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got).containsExactly("110 datagram 0");
  }

  @Test
  void slowStreamTakesTheTimeOfAllItsBytes() {
    a.connect(1, b);
    lab.run(Duration.ofMillis(100));
    lab.paths.all(EVEN.withBandwidth(10_000));
    for (int i = 0; i < 3; i++) {
      a.write(1, Lab.room(1_000));
    }
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got)
        .containsExactly("30 accepted -1", "210 frame -1 0", "310 frame -1 0", "410 frame -1 0");
  }

  @Test
  void uniformJitterHasAMost() {
    lab.paths.all(EVEN.withUniformJitter(Duration.ofMillis(5)));
    for (int i = 0; i < 1_000; i++) {
      a.send(b, i);
    }
    lab.run(Duration.ofSeconds(1));
    List<String> times = b.got(text -> text.substring(0, text.indexOf(' ')));
    assertThat(times).hasSize(1_000).contains("10", "11", "12", "13", "14");
    assertThat(times.stream().mapToInt(Integer::parseInt).max()).hasValue(14);
  }

  @Test
  void shareIsFromNoneToAll() {
    assertThatThrownBy(() -> EVEN.withTruncation(1.1)).hasMessageContaining("truncation");
    assertThatThrownBy(() -> EVEN.withLoss(-0.1)).hasMessageContaining("loss");
    assertThatThrownBy(() -> EVEN.withBandwidth(-1)).hasMessageContaining("bandwidth");
  }
}

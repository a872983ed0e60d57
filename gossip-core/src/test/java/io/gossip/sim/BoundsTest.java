package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimLoad;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Shows that whoever sends or holds too much is seen. */
class BoundsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final InetSocketAddress PEER = Simulation.address(1);

  private final Bounds bounds = new Bounds("a", SwimConfig.lan(), 140);

  @Test
  void datagramAboveTheBudgetIsSeen() {
    bounds.sends(0, PEER, 1_400);
    assertThatThrownBy(() -> bounds.sends(60 * SECOND, PEER, 1_401)).hasMessageContaining("B1");
  }

  @Test
  void tooManyBytesInTenSecondsAreSeen() {
    bounds.sends(0, PEER, 1_000);
    bounds.sends(9 * SECOND, PEER, 400);
    assertThatThrownBy(() -> bounds.sends(9 * SECOND, PEER, 1)).hasMessageContaining("B1");
  }

  @Test
  void whatWasSentLongAgoDoesNotCount() {
    bounds.sends(0, PEER, 1_000);
    assertThatCode(() -> bounds.sends(10 * SECOND, PEER, 1_000)).doesNotThrowAnyException();
  }

  @Test
  void frameAboveTheLimitIsSeen() {
    bounds.writes(65_536);
    assertThatThrownBy(() -> bounds.writes(10_000_000)).hasMessageContaining("B1");
  }

  @Test
  void answerToAStrangerThatIsLongerThanTheQuestionIsSeen() {
    bounds.asked(PEER);
    bounds.sends(0, PEER, 50);
    bounds.answers(() -> false, 50);
    bounds.asked(PEER);
    bounds.sends(0, PEER, 51);
    assertThatThrownBy(() -> bounds.answers(() -> false, 50)).hasMessageContaining("B5");
  }

  @Test
  void memberMayBeAnsweredAtLengthAndOthersDoNotCount() {
    bounds.asked(PEER);
    bounds.sends(0, PEER, 500);
    bounds.answers(() -> true, 50);
    bounds.asked(PEER);
    bounds.sends(0, Simulation.address(2), 500);
    assertThatCode(() -> bounds.answers(() -> false, 50)).doesNotThrowAnyException();
  }

  @Test
  void whateverIsHeldBeyondItsBoundIsSeen() {
    SwimLoad well = new SwimLoad(20, 64, 512, 10, 64, 6, 400, 0);
    bounds.holds(well, 10);
    assertExceeds(new SwimLoad(21, 0, 0, 0, 0, 0, 0, 0), "rumors");
    assertExceeds(new SwimLoad(0, 129, 0, 0, 0, 0, 0, 0), "probes");
    assertExceeds(new SwimLoad(0, 0, 513, 0, 0, 0, 0, 0), "pings for others");
    assertExceeds(new SwimLoad(0, 0, 0, 11, 0, 0, 0, 0), "suspicions");
    assertExceeds(new SwimLoad(0, 0, 0, 0, 193, 0, 0, 0), "streams");
    assertExceeds(new SwimLoad(0, 0, 0, 0, 0, 36, 0, 0), "watch links");
    assertExceeds(new SwimLoad(0, 0, 0, 0, 0, 0, 641, 0), "timers");
    assertExceeds(new SwimLoad(0, 0, 0, 0, 0, 0, 0, 20_001), "tombstones");
  }

  private void assertExceeds(SwimLoad load, String what) {
    assertThatThrownBy(() -> bounds.holds(load, 10))
        .hasMessageContaining("B2")
        .hasMessageContaining(what);
  }
}

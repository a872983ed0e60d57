package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SourceRatesTest {

  private static final long SECOND = 1_000_000_000;

  private long now = Long.MAX_VALUE - SECOND; // it may run over
  private final SourceRates rates = new SourceRates(now);

  @Test
  void aStrangerMaySendTwoSecondsWorthAtOnceAndThenItsRate() {
    assertThat(taken(source(1, 7946), 1_000)).isEqualTo(2 * SourceRates.STRANGER_PER_SECOND);
    now += SECOND;
    assertThat(taken(source(1, 7946), 1_000)).isEqualTo(SourceRates.STRANGER_PER_SECOND);
    now += 60 * SECOND;
    assertThat(taken(source(1, 7946), 1_000)).isEqualTo(2 * SourceRates.STRANGER_PER_SECOND);
  }

  @Test
  void aStrangerIsItsAddressWhateverItsPorts() {
    int taken = 0;
    for (int port = 1; port <= 1_000; port++) {
      taken += taken(source(1, port), 1);
    }
    assertThat(taken).isEqualTo(2 * SourceRates.STRANGER_PER_SECOND);
    assertThat(taken(source(2, 1), 1)).isEqualTo(1);
  }

  @Test
  void whoHoldsAKeyMaySendMoreAndDoesNotPayForAStrangerAtItsAddress() {
    rates.genuine(source(1, 7946), now);
    assertThat(taken(source(1, 9), 1_000)).isEqualTo(2 * SourceRates.STRANGER_PER_SECOND);
    assertThat(taken(source(1, 7946), 10_000)).isEqualTo(2 * SourceRates.MEMBER_PER_SECOND);
    rates.genuine(source(1, 7946), now);
    assertThat(taken(source(1, 7946), 1)).as("showing it again gives no more").isZero();
  }

  @Test
  void aMembersForgedAddressIsWorthNoMoreThanAStrangersAndCostsTheMemberNothing() {
    rates.genuine(source(1, 7946), now);
    int forged = 0;
    for (int i = 0; i < 1_000; i++) {
      forged += rates.take(source(1, 7946), false, now) ? 1 : 0;
    }
    assertThat(forged).isEqualTo(2 * SourceRates.STRANGER_PER_SECOND);
    assertThat(taken(source(1, 7946), 10_000)).isEqualTo(2 * SourceRates.MEMBER_PER_SECOND);
  }

  @Test
  void strangersTogetherAreLimitedAsTheirAddressesCanBeForged() {
    assertThat(takenOfMany(false)).isEqualTo(2 * SourceRates.STRANGERS_PER_SECOND);
    now += SECOND / 1_000;
    assertThat(rates.take(source(8, 1), false, now)).as("a little later").isTrue();
    assertThat(rates.take(source(9, 1), false, now)).as("no more than that").isFalse();
  }

  @Test
  void whoNamesThisLifeIsNotKeptOutByWhoDoesNot() {
    takenOfMany(false);
    assertThat(taken(source(7, 1), 1)).as("shows that it has heard from us").isEqualTo(1);
  }

  @Test
  void whoListensOnTheWayAndNamesThisLifeFromForgedAddressesKeepsOutNobodyWhoIsKnown() {
    rates.genuine(source(1, 7946), now);
    assertThat(takenOfMany(true)).isEqualTo(2 * SourceRates.STRANGERS_PER_SECOND);
    assertThat(taken(source(1, 7946), 10_000)).isEqualTo(2 * SourceRates.MEMBER_PER_SECOND);
    assertThat(rates.take(source(7, 1), false, now)).as("a stranger").isTrue();
  }

  /** Each from another address, as in a flood. */
  private int takenOfMany(boolean acquainted) {
    int taken = 0;
    for (int i = 0; i < SourceRates.MAX_SOURCES; i++) {
      taken += rates.take(source(i, 1), acquainted, now) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void nodesOfOneMachineAreNotLimitedAsStrangersAre() {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    assertThat(taken(loopback, 1_000)).isEqualTo(1_000);
    assertThat(takenPlain(loopback, 10_000)).isEqualTo(10_000);
  }

  @Test
  void ofTooManySourcesTheOneHeardLongestAgoIsForgotten() {
    takenPlain(source(0, 1), 1_000);
    takenPlain(source(1, 1), 1_000);
    for (int i = 2; i < SourceRates.MAX_SOURCES; i++) {
      takenPlain(source(i, 1), 1);
    }
    takenPlain(source(0, 1), 1); // heard again, in vain
    takenPlain(source(SourceRates.MAX_SOURCES, 1), 1);
    assertThat(takenPlain(source(0, 1), 1)).isZero();
    assertThat(takenPlain(source(1, 1), 1)).as("a stranger again").isEqualTo(1);
  }

  private int takenPlain(InetSocketAddress source, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += rates.takePlain(source, now) ? 1 : 0;
    }
    return taken;
  }

  private int taken(InetSocketAddress source, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += rates.take(source, true, now) ? 1 : 0;
    }
    return taken;
  }

  private static InetSocketAddress source(int number, int port) {
    try {
      byte[] address = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamAdmissionTest {

  private final StreamAdmission admission =
      new StreamAdmission(new StreamLimits(4, 2, Duration.ZERO, Duration.ZERO, Duration.ZERO));

  @Test
  void oneAddressGetsItsShareAndGetsItBack() {
    assertThat(admission.admit(host(1))).isTrue();
    assertThat(admission.admit(host(1))).isTrue();
    assertThat(admission.admit(host(1))).isFalse();
    assertThat(admission.admit(host(2))).isTrue();

    admission.release(host(1));

    assertThat(admission.admit(host(1))).isTrue();
    assertThat(admission.admit(host(1))).isFalse();
  }

  @Test
  void allTogetherGetNoMoreThanThereAre() {
    for (int i = 1; i <= 4; i++) {
      assertThat(admission.admit(host(i))).isTrue();
    }
    assertThat(admission.admit(host(5))).isFalse();

    admission.release(host(3));

    assertThat(admission.admit(host(5))).isTrue();
  }

  @Test
  void nodesOfThisMachineShareOneAddressAndAreBoundOnlyInAll() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int i = 1; i <= 4; i++) {
      assertThat(admission.admit(loopback)).isTrue();
    }
    assertThat(admission.admit(loopback)).isFalse();
  }

  private static InetAddress host(int number) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) number});
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host " + number, e);
    }
  }
}

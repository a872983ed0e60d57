package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.1.2.3/8, 10.9.9.9, true",
    "192.168.4.0/23, 192.168.5.255, true",
    "192.168.4.0/23, 192.168.6.0, false",
    "192.168.4.7, 192.168.4.7, true",
    "192.168.4.7, 192.168.4.6, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, fd00::1, false",
    "fd00::/8, fd12:3456::1, true",
    "fd00::/8, fe80::1, false",
    "2001:db8:0:fff0::/60, 2001:db8:0:ffff::1, true",
    "2001:db8:0:fff0::/60, 2001:db8:1::1, false",
    "::1/128, ::1, true",
    "::/0, 10.0.0.1, false"
  })
  void networkContainsTheAddressesThatBeginWithItsBits(
      String network, String address, boolean contained) throws UnknownHostException {
    assertThat(Cidr.parse(network).contains(InetAddress.getByName(address))).isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ten/8",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/1x",
        "10.0.0.0/8/8",
        "fd00::/129",
        "[fd00::]/8",
        "fe80::1%eth0/64",
        "localhost/8"
      })
  void textThatIsNoNetworkIsRefusedByName(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void networkIsShownAsItWasWritten() {
    assertThat(Cidr.parse("10.1.2.3/8")).hasToString("10.1.2.3/8");
  }
}

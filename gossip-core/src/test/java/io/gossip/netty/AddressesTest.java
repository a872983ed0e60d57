package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 7946, true",
    "fd00::1, 7946, true",
    "127.0.0.1, 1, true",
    "10.0.0.1, 0, false",
    "0.0.0.0, 7946, false",
    "::, 7946, false",
    "224.0.0.1, 7946, false",
    "ff02::1, 7946, false"
  })
  void packetComesOnlyFromWhereAnAnswerCanGo(String host, int port, boolean source)
      throws UnknownHostException {
    assertThat(Addresses.isSource(new InetSocketAddress(InetAddress.getByName(host), port)))
        .isEqualTo(source);
  }

  @Test
  void ipv4MappedIntoIpv6IsIpv4() throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    bytes[12] = 10;
    bytes[15] = 1;
    InetAddress mapped = Inet6Address.getByAddress(null, bytes, -1);
    assertThat(mapped).isInstanceOf(Inet6Address.class);

    assertThat(Addresses.plain(new InetSocketAddress(mapped, 5)).getAddress())
        .isInstanceOf(Inet4Address.class)
        .isEqualTo(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}));
  }

  @Test
  void textIsTheLiteralAndThePortAndNeverAName() throws UnknownHostException {
    InetAddress named = InetAddress.getByAddress("named.example", new byte[] {10, 0, 0, 1});

    assertThat(Addresses.text(new InetSocketAddress(named, 7946))).isEqualTo("10.0.0.1:7946");
    assertThat(Addresses.text(new InetSocketAddress(InetAddress.getByName("fd00::1"), 7946)))
        .isEqualTo("[fd00:0:0:0:0:0:0:1]:7946");
    assertThat(Addresses.plain(named)).hasToString("/10.0.0.1");
  }
}

package io.gossip.netty;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A network: the addresses, all IPv4 or all IPv6, that begin with the same bits. */
final class Cidr {

  private final String text;
  private final byte[] network;
  private final int prefix;

  private Cidr(String text, byte[] network, int prefix) {
    this.text = text;
    this.network = network;
    this.prefix = prefix;
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address alone. Bits behind the prefix do not
   * matter.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte @Nullable [] network =
        NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
    if (network == null || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      throw malformed(text);
    }
    int bits = network.length * Byte.SIZE;
    return new Cidr(text, network, slash < 0 ? bits : prefix(text, slash, bits));
  }

  private static int prefix(String text, int slash, int bits) {
    String digits = text.substring(slash + 1);
    if (digits.isEmpty() || digits.length() > 3) {
      throw malformed(text);
    }
    int prefix = 0;
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (digit < '0' || digit > '9') {
        throw malformed(text);
      }
      prefix = prefix * 10 + (digit - '0');
    }
    if (prefix > bits) {
      throw malformed(text);
    }
    return prefix;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a network as in 10.0.0.0/8 or fd00::/8");
  }

  boolean contains(InetAddress address) {
    byte[] candidate = address.getAddress();
    if (candidate.length != network.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (candidate[i] != network[i]) {
        return false;
      }
    }
    int rest = prefix % Byte.SIZE;
    if (rest == 0) {
      return true;
    }
    int mask = 0xff << (Byte.SIZE - rest);
    return ((candidate[whole] ^ network[whole]) & mask) == 0;
  }

  @Override
  public String toString() {
    return text;
  }
}

package io.gossip.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Packets written down in words, whether they keep the rules or not: the third column of {@code
 * hostile/packets.txt}, which says how.
 */
public final class PacketScript {

  private static final Map<String, String> WORDS =
      Map.of(
          "nonce", "0102030405060708",
          "nobody", "0000000000000000",
          "one", "0000000000000001",
          "two", "0000000000000002",
          "three", "0000000000000003",
          "max8", "ffffffffffffffff",
          "ip", "040a0000091f0a",
          "default", HexFormat.of().toHexDigits(Header.clusterHash("default")));

  private final Map<String, Long> handles;

  /**
   * Makes a reader of scripts.
   *
   * @param handles more words, for handles
   */
  public PacketScript(Map<String, Long> handles) {
    this.handles = handles;
  }

  /** The packet that a script describes, from that sender if the script does not say whose. */
  public byte[] packet(String script, long sender) {
    String[] words = script.trim().split("\\s+");
    if (words[0].equals("whole")) {
      return whole(words);
    }
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    append(packet, ("4753 01 00 00000000 default " + hex(sender) + " max8 00").split(" "), 0);
    if (words[0].equals("tail")) {
      append(packet, words, 1);
    } else {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      append(body, words, 1);
      packet.write(MessageType.valueOf(words[0]).code());
      packet.writeBytes(varint(body.size()));
      packet.writeBytes(body.toByteArray());
    }
    return withChecksum(packet.toByteArray());
  }

  /** The same bytes with a checksum that fits, as docs/PROTOCOL.md says it is made. */
  public static byte[] withChecksum(byte[] packet) {
    byte[] summed = packet.clone();
    CRC32C crc = new CRC32C();
    crc.update(summed, 0, Layout.CHECKSUM_AT);
    crc.update(summed, Layout.CLUSTER_AT, summed.length - Layout.CLUSTER_AT);
    ByteBuffer.wrap(summed).putInt(Layout.CHECKSUM_AT, (int) crc.getValue());
    return summed;
  }

  private byte[] whole(String[] words) {
    boolean summed = false;
    for (int i = 1; i < words.length; i++) {
      if (words[i].equals("crc")) {
        words[i] = "00000000";
        summed = true;
      }
    }
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    append(packet, words, 1);
    byte[] bytes = packet.toByteArray();
    return summed && bytes.length > Layout.CLUSTER_AT ? withChecksum(bytes) : bytes;
  }

  private void append(ByteArrayOutputStream to, String[] words, int first) {
    for (int i = first; i < words.length; i++) {
      to.writeBytes(bytes(words[i]));
    }
  }

  private byte[] bytes(String word) {
    if (word.startsWith("v:")) {
      return varint(Long.parseLong(word.substring(2)));
    }
    Long handle = handles.get(word);
    int star = word.indexOf('*');
    String hex = handle != null ? hex(handle) : WORDS.getOrDefault(word, word);
    return star < 0
        ? HexFormat.of().parseHex(hex)
        : HexFormat.of()
            .parseHex(word.substring(0, star).repeat(Integer.parseInt(word.substring(star + 1))));
  }

  private static String hex(long handle) {
    return HexFormat.of().toHexDigits(handle);
  }

  private static byte[] varint(long value) {
    ByteBuffer bytes = ByteBuffer.allocate(10);
    Varint.write(value, bytes);
    return RawPacket.bytes(bytes.flip());
  }
}

package io.gossip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, text and hashes as docs/PROTOCOL.md lays them down. */
class PrimitivesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "127, 7f",
    "128, 8001",
    "300, ac02",
    "16383, ff7f",
    "16384, 808001",
    "4294967295, ffffffff0f",
    "72057594037927935, ffffffffffffff7f",
    "9223372036854775807, ffffffffffffffff7f"
  })
  void varintTakesSevenBitsAByte(long value, String hex) throws MalformedPacketException {
    ByteBuffer bytes = ByteBuffer.allocate(10);
    Varint.write(value, bytes);

    assertThat(HexFormat.of().formatHex(RawPacket.bytes(bytes.flip()))).isEqualTo(hex);
    assertThat(Varint.size(value)).isEqualTo(hex.length() / 2);
    assertThat(new ByteSource(bytes).varint(Long.MAX_VALUE)).isEqualTo(value);
  }

  @Test
  void everyCharacterIsEncodedAsThePlatformDoes() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x900 ? 1 : 61) {
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        continue;
      }
      String text = "a" + Character.toString(point) + "z";
      byte[] expected = text.getBytes(StandardCharsets.UTF_8);
      ByteBuffer bytes = ByteBuffer.allocate(6);
      Utf8.write(text, bytes);

      assertThat(Utf8.length(text)).as("U+%X", point).isEqualTo(expected.length);
      assertThat(RawPacket.bytes(bytes.flip())).as("U+%X", point).isEqualTo(expected);
    }
  }

  @Test
  void halfASurrogatePairHasNoLength() {
    assertThat(Utf8.length("\uD83D\uDE00")).isEqualTo(4);
    assertThat(Utf8.length("\uD83D")).isEqualTo(-1);
    assertThat(Utf8.length("a\uD83Db")).isEqualTo(-1);
    assertThat(Utf8.length("\uDE00\uD83D")).isEqualTo(-1);
    assertThat(Utf8.length("\uD83D\uD83D\uDE00")).isEqualTo(-1);
  }

  @Test
  void clusterHashIsTheBeginningOfSha256() {
    // printf %s default | sha256sum
    assertThat(Header.clusterHash("default")).isEqualTo(0x37A8EEC1CE19687DL);
    assertThat(Header.clusterHash("Default")).isNotEqualTo(Header.clusterHash("default"));
  }

  @Test
  void viewHashChangesWithEverythingItCovers() {
    long hash = ViewHash.of(Samples.ALICE, 3, 300);

    assertThat(hash).isEqualTo(0x9D55044F8A6EC96AL);
    assertThat(ViewHash.of(Samples.BOB, 3, 300)).isNotEqualTo(hash);
    assertThat(ViewHash.of(Samples.ALICE, 4, 300)).isNotEqualTo(hash);
    assertThat(ViewHash.of(Samples.ALICE, 3, 301)).isNotEqualTo(hash);
    assertThat(ViewHash.of(Samples.ALICE, 300, 3)).isNotEqualTo(hash);
  }

  @Test
  void viewHashTakesTheIncarnationUnsigned() {
    assertThat(ViewHash.of(Samples.BOB, -1, 0)).isEqualTo(0xABE4356F00CE7FC3L);
  }
}

package io.gossip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.gossip.membership.ProtocolRange;
import io.gossip.wire.MalformedPacketException.Reason;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule broken once, by bytes; each time next to bytes that keep it. */
class MessageRulesTest {

  private final PacketReader reader = new PacketReader(Samples.CLUSTER, new ProtocolRange(1, 1));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PING           | 0102030405060708 0000000000000000 00000000
          ACK            | 0102030405060708 ffffffffffffff7f
          PING_REQ       | 0102030405060708 0000000000000001 000000000000000000
          RELAYED_ACK    | 0102030405060708 0000000000000001 ffffffff0f
          ALIVE          | 01 61 00 00 04 0a000001 0001 00 01 01 00
          ALIVE          | 01 61 ffffffffffffff7f 00 10 20010db8000000000000000000000001 ffff 01 62 01 ff 05
          SUSPECT        | 0000000000000001 00 01 0000000000000002 01
          DEAD           | 0000000000000001 00 00
          DEAD           | 0000000000000001 00 02 0000000000000002 05 0000000000000003 05
          STATE          | 0000000000000001 00 02 00 00 01 01 61 02 02 62
          STATE          | 0000000000000001 00 02 00 00 02 01 61 01 00 01 62 02 01
          STATE          | 0000000000000001 00 02 05 04 01 01 61 02 02 62
          STATE          | 0000000000000001 00 02 02 01 01 01 61 02 02 62
          BUCKET_HASHES  | 01 01 01 0000000000000000
          DIGEST         | 0000000000000001 ffffffffffffffff 02 0000000000000001 00 01 ffffffffffffffff 00 01
          DIGEST         | 0000000000000000 ffffffffffffffff 00
          FETCH          | 01 0000000000000001 00 00
          JOIN_ACCEPTED  | 0102030405060708 ffffffff07
          JOIN_REFUSED   | 0102030405060708 63 00 00
          BUSY           | 0102030405060708 00
          """)
  void whatKeepsTheRulesIsRead(MessageType type, String body) throws MalformedPacketException {
    Packet packet = reader.read(ByteBuffer.wrap(RawPacket.withBody(type, body)));

    assertThat(packet.messages()).extracting(MessageType::of).containsExactly(type);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PING           | 0102030405060708 0000000000000001 000000            | cut short
          PING_REQ       | 0102030405060708 0000000000000001 0000000000000000  | cut short
          PING_REQ       | 0102030405060708 0000000000000000 000000000000000000 | the handle of nobody
          RELAYED_ACK    | 0102030405060708 0000000000000000 00               | the handle of nobody
          RELAYED_ACK    | 0102030405060708 0000000000000001 8080808010       | a number above its limit
          NACK           | 0102030405060708 0000000000000000                  | the handle of nobody
          ACK            | 0102030405060708 808080808080808001                | a number above its limit
          ACK            | 0102030405060708 8000                              | a number longer than it needs to be
          ACK            | 0102030405060708 80808080808080808001              | a number without an end
          ACK            | 0102030405060708 80                                | cut short
          ALIVE          | 00 00 00 04 0a000001 0001 00 01 01 00              | an id that is none
          ALIVE          | 02 61 20 00 00 04 0a000001 0001 00 01 01 00        | an id that is none
          ALIVE          | 01 00 00 00 04 0a000001 0001 00 01 01 00           | an id that is none
          ALIVE          | 8101 61 00 00 04 0a000001 0001 00 01 01 00         | a number above its limit
          ALIVE          | 02 c0 80 00 00 04 0a000001 0001 00 01 01 00        | text that is not UTF-8
          ALIVE          | 03 ed a0 80 00 00 04 0a000001 0001 00 01 01 00     | text that is not UTF-8
          ALIVE          | 04 f4 90 80 80 00 00 04 0a000001 0001 00 01 01 00  | text that is not UTF-8
          ALIVE          | 01 c3 00 00 04 0a000001 0001 00 01 01 00           | text that is not UTF-8
          ALIVE          | 01 61 808080808080808001 00 04 0a000001 0001 00 01 01 00 | a number above its limit
          ALIVE          | 01 61 00 00 05 0a000001 0001 00 01 01 00           | an address of neither 4 nor 16 bytes
          ALIVE          | 01 61 00 00 04 0a000001 0000 00 01 01 00           | port 0
          ALIVE          | 01 61 00 00 04 00000000 0001 00 01 01 00           | an address of no single host
          ALIVE          | 01 61 00 00 04 e0000001 0001 00 01 01 00           | an address of no single host
          ALIVE          | 01 61 00 00 04 ffffffff 0001 00 01 01 00           | an address of no single host
          ALIVE          | 01 61 00 00 10 00000000000000000000000000000000 0001 00 01 01 00 | an address of no single host
          ALIVE          | 01 61 00 00 10 ff020000000000000000000000000001 0001 00 01 01 00 | an address of no single host
          ALIVE          | 01 61 00 00 10 00000000000000000000ffff00000000 0001 00 01 01 00 | an address of no single host
          ALIVE          | 01 61 00 00 04 0a000001 0001 01 1f 01 01 00        | text with a control character
          ALIVE          | 01 61 00 00 04 0a000001 0001 02 c285 01 01 00      | text with a control character
          ALIVE          | 01 61 00 00 04 0a000001 0001 41 61 01 01 00        | a number above its limit
          ALIVE          | 01 61 00 00 04 0a000001 0001 00 00 01 00           | a range of versions that is none
          ALIVE          | 01 61 00 00 04 0a000001 0001 00 02 01 00           | a range of versions that is none
          ALIVE          | 01 61 00 00 04 0a000001 0001 00 01 01              | cut short
          SUSPECT        | 0000000000000001 00 00                             | a suspicion without an accuser
          SUSPECT        | 0000000000000000 00 01 0000000000000002 01         | the handle of nobody
          SUSPECT        | 0000000000000001 00 01 0000000000000000 01         | an accuser who is nobody
          SUSPECT        | 0000000000000001 00 01 0000000000000002 00         | evidence of an unknown kind
          SUSPECT        | 0000000000000001 00 01 0000000000000002 06         | evidence of an unknown kind
          SUSPECT        | 0000000000000001 00 02 0000000000000002 01 0000000000000002 02 | one accuser twice
          SUSPECT        | 0000000000000001 00 06                             | a number above its limit
          DEAD           | 0000000000000001 00 02 0000000000000002 01         | more items than bytes
          DEAD           | 0000000000000001 00 02 0000000000000002 01 0000000000000002 01 | one accuser twice
          LEFT           | 0000000000000000 00                                | the handle of nobody
          STATE          | 0000000000000000 00 02 00 00 01 01 61 02 02 62     | the state of nobody
          STATE          | 0000000000000001 02 02 00 00 01 01 61 02 02 62     | state versions out of range
          STATE          | 0000000000000001 03 02 00 00 01 01 61 02 02 62     | state versions out of range
          STATE          | 0000000000000001 00 02 01 00 01 01 61 02 02 62     | a reset that ends beyond its target
          STATE          | 0000000000000001 00 03 00 00 01 01 61 02 02 62     | a run that does not end at its last entry
          STATE          | 0000000000000001 00 03 03 00 01 01 61 02 02 62     | a run that does not end at its last entry
          STATE          | 0000000000000001 00 03 03 00 00                    | a run that does not end at its last entry
          STATE          | 0000000000000001 00 02 00 02 01 01 61 02 02 62     | deletions purged that are not made
          STATE          | 0000000000000001 00 02 05 05 01 01 61 02 02 62     | deletions purged that are not made
          STATE          | 0000000000000001 00 03 00 00 00                    | a run that does not end at its last entry
          STATE          | 0000000000000001 02 03 00 00 01 01 61 02 02 62     | entries out of order
          STATE          | 0000000000000001 00 01 00 00 01 01 61 02 02 62     | entries out of order
          STATE          | 0000000000000001 00 03 00 00 02 01 61 03 00 01 62 03 00 | entries out of order
          STATE          | 0000000000000001 00 03 00 00 02 01 61 02 00 01 61 03 00 | one key twice
          STATE          | 0000000000000001 00 02 00 00 01 00 02 02 62        | an empty key
          STATE          | 0000000000000001 00 02 00 00 01 01 0a 02 02 62     | text with a control character
          STATE          | 0000000000000001 00 02 00 00 01 01 61 02 02 ff     | text that is not UTF-8
          STATE          | 0000000000000001 00 02 00 00 01 01 61 02 8208 62   | a number above its limit
          STATE          | 0000000000000001 00 02 00 00 01 8101 61 02 02 62   | a number above its limit
          STATE          | 0000000000000001 00 02 00 00 41 01 61 02 02 62     | a number above its limit
          STATE          | 0000000000000001 00 02 00 00 02 01 61 02 02 62     | more items than bytes
          BUCKET_HASHES  | 00 00 01 0000000000000000                          | bits out of 1 to 7
          BUCKET_HASHES  | 08 00 01 0000000000000000                          | bits out of 1 to 7
          BUCKET_HASHES  | 01 02 01 0000000000000000                          | buckets that do not exist
          BUCKET_HASHES  | 01 01 02 0000000000000000 0000000000000000         | buckets that do not exist
          BUCKET_HASHES  | 01 00 00                                           | buckets that do not exist
          DIGEST         | 0000000000000002 0000000000000001 00               | a range that ends before it begins
          DIGEST         | ffffffffffffffff 0000000000000001 00               | a range that ends before it begins
          DIGEST         | 0000000000000002 0000000000000003 01 0000000000000001 00 01 | an entry out of the range
          DIGEST         | 0000000000000002 0000000000000003 01 0000000000000004 00 01 | an entry out of the range
          DIGEST         | 0000000000000002 0000000000000003 02 0000000000000003 00 01 0000000000000002 00 01 | entries out of order
          DIGEST         | 0000000000000002 0000000000000003 02 0000000000000003 00 01 0000000000000003 00 01 | entries out of order
          DIGEST         | 0000000000000000 0000000000000003 01 0000000000000000 00 01 | an entry about nobody
          DIGEST         | 0000000000000001 0000000000000003 01 0000000000000001 00 00 | a state version out of range
          FETCH          | 01 0000000000000000 00 00                          | an entry about nobody
          FETCH          | 02 0000000000000001 00 00                          | more items than bytes
          JOIN_ACCEPTED  | 0102030405060708 8080808008                        | a number above its limit
          JOIN_REFUSED   | 0102030405060708 01 00 8102 61                     | a number above its limit
          JOIN_REFUSED   | 0102030405060708 01 00 01 1b                       | text with a control character
          BUSY           | 0102030405060708 01 04 0a000001 0000               | port 0
          BUSY           | 0102030405060708 01 04 00000000 0001               | an address of no single host
          BUSY           | 0102030405060708 09                                | a number above its limit
          """)
  @DisplayName("T-G 102, 104: what breaks a rule is malformed")
  void whatBreaksARuleIsMalformed(MessageType type, String body, String rule) {
    byte[] packet = RawPacket.withBody(type, body);

    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> reader.read(ByteBuffer.wrap(packet)))
        .withMessage(rule)
        .extracting(MalformedPacketException::reason)
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void stateBeyondWhatOneMemberMayHaveIsMalformed() {
    // Nine entries of 1,000 bytes; eight are allowed.
    String eight = entries(8);
    String nine = entries(9);

    assertAll(
        () ->
            assertThat(
                    reader
                        .read(
                            ByteBuffer.wrap(
                                RawPacket.withBody(
                                    MessageType.STATE, "0000000000000001 00 08 00 00 08" + eight)))
                        .messages())
                .hasSize(1),
        () ->
            whatBreaksARuleIsMalformed(
                MessageType.STATE,
                "0000000000000001 00 09 00 00 09" + nine,
                "more than 8192 bytes of state"));
  }

  /** Keys 1 to {@code count}, each with a version of the same number and a value of 1,000 bytes. */
  private static String entries(int count) {
    StringBuilder hex = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      hex.append(" 01 3")
          .append(i)
          .append(" 0")
          .append(i)
          .append(" e907")
          .append("61".repeat(1000));
    }
    return hex.toString();
  }
}

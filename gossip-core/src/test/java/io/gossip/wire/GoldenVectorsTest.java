package io.gossip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.ProtocolRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packets at the end of docs/PROTOCOL.md, and no other bytes. */
class GoldenVectorsTest {

  private static final List<String> STATEMENTS =
      List.of("RECORD_STATEMENT", "LEFT_STATEMENT", "STATE_STATEMENT", "CHARGE_STATEMENT");

  private static final Map<String, String> VECTORS = vectors();

  private final PacketReader reader = new PacketReader(Samples.CLUSTER, new ProtocolRange(1, 255));

  @ParameterizedTest
  @EnumSource
  void messageIsWrittenAndReadAsDocumented(MessageType type) throws MalformedPacketException {
    Message message =
        Samples.oneOfEach().stream()
            .filter(m -> MessageType.of(m) == type)
            .findFirst()
            .orElseThrow();

    check(type.name(), Samples.HEADER, message);
  }

  @Test
  void headersAreWrittenAndReadAsDocumented() throws MalformedPacketException {
    check("HEADER", Samples.HEADER);
    check("LARGEST_HEADER", Samples.LARGEST_HEADER);
  }

  @Test
  void signedUpdatesAreWrittenAndReadAsDocumented() throws MalformedPacketException {
    for (Map.Entry<String, Update> sample : Samples.signed().entrySet()) {
      check(sample.getKey(), Samples.HEADER, sample.getValue());
    }
  }

  @Test
  void statementsAreMadeAsDocumented() {
    Map<String, byte[]> statements = new LinkedHashMap<>();
    statements.put(
        "RECORD_STATEMENT", Statement.record(Samples.CLUSTER, Samples.ALIVE, Samples.OWNER));
    statements.put("LEFT_STATEMENT", Statement.left(Samples.CLUSTER, Samples.BOB, 4));
    statements.put(
        "STATE_STATEMENT",
        Statement.state(
            Samples.CLUSTER,
            Samples.BOB,
            6,
            List.of(new Update.Entry("port", 3, "8080"), new Update.Entry("canary", 6, null))));
    statements.put(
        "CHARGE_STATEMENT",
        Statement.charge(Samples.CLUSTER, Samples.BOB, 3, Samples.ALICE, Evidence.REFUSED));
    statements.forEach(
        (name, bytes) ->
            assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes))
                .as(name)
                .isEqualTo(VECTORS.get(name)));
    assertThat(statements.keySet()).isEqualTo(Set.copyOf(STATEMENTS));
  }

  @Test
  void everyVectorIsChecked() {
    List<String> names = new ArrayList<>(List.of("HEADER", "LARGEST_HEADER"));
    for (MessageType type : MessageType.values()) {
      names.add(type.name());
    }
    names.addAll(Samples.signed().keySet());
    names.addAll(STATEMENTS);
    assertThat(VECTORS.keySet()).containsExactlyElementsOf(names);
  }

  private void check(String name, Header header, Message... messages)
      throws MalformedPacketException {
    byte[] written = RawPacket.of(header, messages);

    assertThat(HexFormat.ofDelimiter(" ").formatHex(written)).isEqualTo(VECTORS.get(name));
    assertThat(reader.read(ByteBuffer.wrap(written)))
        .isEqualTo(new Packet(header, List.of(messages), 0, 0));
  }

  private static Map<String, String> vectors() {
    Map<String, String> vectors = new LinkedHashMap<>();
    boolean inside = false;
    String name = "";
    for (String line : document()) {
      if (line.startsWith("```")) {
        inside = line.equals("```vectors");
      } else if (inside && line.startsWith(" ")) {
        vectors.merge(name, line.strip(), (first, next) -> first + " " + next);
      } else if (inside) {
        name = line.split(" ", 2)[0];
      }
    }
    return vectors;
  }

  /** The document, from wherever in the repository the test is run. */
  private static List<String> document() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path document = at.resolve("docs").resolve("PROTOCOL.md");
      if (Files.exists(document)) {
        try {
          return Files.readAllLines(document);
        } catch (IOException e) {
          throw new AssertionError(document.toString(), e);
        }
      }
    }
    throw new AssertionError("docs/PROTOCOL.md is nowhere above " + Path.of("").toAbsolutePath());
  }
}

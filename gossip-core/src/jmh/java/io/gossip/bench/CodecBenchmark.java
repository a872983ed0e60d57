package io.gossip.bench;

import io.gossip.membership.ProtocolRange;
import io.gossip.wire.Header;
import io.gossip.wire.MalformedPacketException;
import io.gossip.wire.Message;
import io.gossip.wire.Packet;
import io.gossip.wire.PacketReader;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Typical packets to bytes, and bytes to packets; checksum included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

  /** What is in the packet. */
  public enum Content {
    /** A ping and nothing else: 57 bytes. */
    PING,
    /** A ping and eight members' records. */
    PING_AND_EIGHT_ALIVE,
    /** One member's record and the service record in its state. */
    SERVICE,
    /** The digest of 55 members. */
    DIGEST
  }

  /** What is in the packet. */
  @Param public Content content = Content.PING;

  private final PacketWriter writer = new PacketWriter(1_400);
  private final PacketReader reader =
      new PacketReader(Header.clusterHash(Engine.CLUSTER), new ProtocolRange(1, 1));
  private final Header header = Engine.header(0, 0x1122334455667788L);
  private List<Message> messages = List.of();
  private ByteBuffer packet = ByteBuffer.allocate(0);

  /** Makes the packet. */
  @Setup
  public void setUp() {
    messages = messages(content);
    ByteBuffer written = encode();
    packet = ByteBuffer.allocate(written.remaining()).put(written).flip();
  }

  /** Records to bytes. */
  @Benchmark
  public ByteBuffer encode() {
    writer.begin(header, 1_400);
    for (int i = 0; i < messages.size(); i++) {
      if (!writer.add(messages.get(i))) {
        throw new IllegalStateException("messages must fit a datagram: " + messages);
      }
    }
    return writer.finish();
  }

  /** Bytes to records. */
  @Benchmark
  public Packet decode() throws MalformedPacketException {
    return reader.read(packet);
  }

  private static List<Message> messages(Content content) {
    List<Message> messages = new ArrayList<>();
    long handle = Engine.alive(1, 0).handle();
    switch (content) {
      case PING -> messages.add(new Message.Ping(7, handle));
      case PING_AND_EIGHT_ALIVE -> {
        for (int i = 1; i <= 8; i++) {
          messages.add(Engine.alive(i, i));
        }
        messages.add(new Message.Ping(7, handle));
      }
      case SERVICE -> {
        messages.add(Engine.alive(1, 0));
        messages.add(state(handle));
      }
      case DIGEST -> messages.add(digest());
    }
    return messages;
  }

  private static Update.State state(long handle) {
    List<Update.Entry> entries = new ArrayList<>();
    for (Map.Entry<String, String> entry : Engine.record(1).entrySet()) {
      entries.add(new Update.Entry(entry.getKey(), entries.size() + 1, entry.getValue()));
    }
    return new Update.State(handle, 0, entries.size(), 0, 0, entries);
  }

  private static Message.Digest digest() {
    List<Message.DigestEntry> entries = new ArrayList<>();
    for (int i = 1; i <= 55; i++) {
      entries.add(new Message.DigestEntry(Engine.alive(i, 0).handle(), i, i));
    }
    entries.sort((a, b) -> Long.compareUnsigned(a.handle(), b.handle()));
    return new Message.Digest(0, -1, entries);
  }
}

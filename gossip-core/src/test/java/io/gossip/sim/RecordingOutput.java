package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.ProtocolRange;
import io.gossip.swim.Misconduct;
import io.gossip.swim.Output;
import io.gossip.swim.Seed;
import io.gossip.wire.Header;
import io.gossip.wire.MalformedPacketException;
import io.gossip.wire.Message;
import io.gossip.wire.Packet;
import io.gossip.wire.PacketReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a state machine asks for, in order, so that a test can hold the whole list against
 * what it expects.
 */
public final class RecordingOutput implements Output {
  private final PacketReader reader;
  private final List<Effect> effects = new ArrayList<>();
  private final Map<Long, InetSocketAddress> ends = new LinkedHashMap<>();
  private @Nullable InetSocketAddress unwanted;

  /**
   * Makes a recorder.
   *
   * @param cluster name of the cluster whose packets are expected
   */
  public RecordingOutput(String cluster) {
    reader = new PacketReader(Header.clusterHash(cluster), new ProtocolRange(1, 255));
  }

  /** From now on the stream leads there. */
  public void leads(long stream, InetSocketAddress to) {
    ends.put(stream, to);
  }

  /** From now on nobody is wanted there. */
  public void wantsNobodyAt(InetSocketAddress place) {
    unwanted = place;
  }

  /** What was asked for since the last call. */
  public List<Effect> take() {
    List<Effect> taken = List.copyOf(effects);
    effects.clear();
    return taken;
  }

  /** The effects of one kind since the last call of any {@code take}; all others are dropped. */
  public <E extends Effect> List<E> take(Class<E> kind) {
    List<E> taken = new ArrayList<>();
    for (Effect effect : take()) {
      if (kind.isInstance(effect)) {
        taken.add(kind.cast(effect));
      }
    }
    return taken;
  }

  /**
   * The messages of one kind sent in datagrams to an address since the last call of any {@code
   * take}; all other effects are dropped.
   */
  public <M extends Message> List<M> takeMessages(Class<M> kind, InetSocketAddress to) {
    List<M> taken = new ArrayList<>();
    for (Effect.Sent sent : take(Effect.Sent.class)) {
      for (Message message : sent.messages()) {
        if (sent.to().equals(to) && kind.isInstance(message)) {
          taken.add(kind.cast(message));
        }
      }
    }
    return taken;
  }

  @Override
  public void send(InetSocketAddress to, ByteBuffer packet) {
    Packet read = read(packet);
    effects.add(new Effect.Sent(to, read.header(), read.messages()));
  }

  @Override
  public boolean accepts(Member member) {
    return !member.address().equals(unwanted);
  }

  @Override
  public @Nullable InetSocketAddress otherEnd(long stream) {
    return ends.get(stream);
  }

  @Override
  public void connect(long stream, InetSocketAddress to) {
    leads(stream, to);
    effects.add(new Effect.Connected(stream, to));
  }

  @Override
  public void write(long stream, ByteBuffer frame) {
    Packet read = read(frame);
    effects.add(new Effect.Wrote(stream, read.header(), read.messages()));
  }

  @Override
  public void keep(long stream) {}

  @Override
  public void close(long stream) {
    effects.add(new Effect.Closed(stream));
  }

  @Override
  public void resolve(Seed seed) {
    effects.add(new Effect.Resolved(seed));
  }

  @Override
  public void refused(@Nullable InetSocketAddress source, Misconduct misconduct, String detail) {
    effects.add(new Effect.Refused(source, misconduct, detail));
  }

  @Override
  public void publish(MembershipEvent event) {
    effects.add(new Effect.Published(event));
  }

  private Packet read(ByteBuffer packet) {
    try {
      Packet read = reader.read(packet);
      if (read.lost() + read.skipped() > 0) {
        throw new Violation("a packet of the state machine's own cannot be read to its end");
      }
      return read;
    } catch (MalformedPacketException e) {
      throw new Violation("a packet of the state machine's own cannot be read", e);
    }
  }
}

package io.gossip.netty;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.swim.Misconduct;
import io.gossip.swim.Output;
import io.gossip.swim.Seed;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the state machine asks of the world, and who does it. For the loop only; events are kept
 * until the driver takes them.
 */
final class Outlet implements Output {

  private static final Logger log = LoggerFactory.getLogger(Outlet.class);

  private final NodeId id;
  private final Datagrams datagrams;
  private final Streams streams;
  private final SeedResolver resolver;
  private final Protection protection;
  private final BiConsumer<Seed, List<InetSocketAddress>> resolved;
  private final List<MembershipEvent> events = new ArrayList<>();

  /**
   * Asks these.
   *
   * @param resolved takes what a look-up found, on any thread
   */
  Outlet(
      NodeId id,
      Datagrams datagrams,
      Streams streams,
      SeedResolver resolver,
      Protection protection,
      BiConsumer<Seed, List<InetSocketAddress>> resolved) {
    this.id = id;
    this.datagrams = datagrams;
    this.streams = streams;
    this.resolver = resolver;
    this.protection = protection;
    this.resolved = resolved;
  }

  /** The events since the last call. */
  List<MembershipEvent> takeEvents() {
    if (events.isEmpty()) {
      return List.of();
    }
    List<MembershipEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  @Override
  public void send(InetSocketAddress to, ByteBuffer packet) {
    datagrams.send(to, packet);
  }

  @Override
  public void connect(long stream, InetSocketAddress to) {
    streams.connect(stream, to);
  }

  @Override
  public void write(long stream, ByteBuffer frame) {
    streams.write(stream, frame);
  }

  @Override
  public void keep(long stream) {
    streams.keep(stream);
  }

  @Override
  public void close(long stream) {
    streams.close(stream);
  }

  @Override
  public void resolve(Seed seed) {
    resolver.resolve(seed, found -> resolved.accept(seed, found));
  }

  @Override
  public @Nullable InetSocketAddress otherEnd(long stream) {
    return streams.otherEnd(stream);
  }

  @Override
  public boolean accepts(Member member) {
    return protection.accepts(member);
  }

  @Override
  public boolean permits(long stream, NodeId name) {
    return streams.permits(stream, name);
  }

  @Override
  public void refused(@Nullable InetSocketAddress source, Misconduct misconduct, String detail) {
    Refusals.Reason reason =
        switch (misconduct) {
          case FORGED -> Refusals.Reason.UNSIGNED;
          case UNCHECKED -> Refusals.Reason.UNCHECKED;
          case ACCUSER -> Refusals.Reason.ACCUSER;
        };
    protection.refusals().add(source == null ? null : source.getAddress(), reason, detail);
  }

  @Override
  public void publish(MembershipEvent event) {
    events.add(event);
    if (event instanceof MembershipEvent.Conflict conflict) {
      log.error(
          "Another live process bears the node id {}, at {}; this one is silent from now on. Give"
              + " each process an id of its own and start this one again",
          id,
          Addresses.text(conflict.other()));
    } else if (event instanceof MembershipEvent.Isolated) {
      log.warn("Gossip node {} hears nobody, or few; it keeps its last view", id);
    }
  }
}

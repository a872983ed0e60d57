package io.gossip.swim;

import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.Message;
import io.gossip.wire.MessageType;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Protocol;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs messages into packets, never above the budget, and sends them; packets to members take
 * along rumors that the member lacks (SWIM's piggybacking).
 */
final class Outbox {

  private final PathSizes sizes;
  private final int datagramBytes;
  private final int datagramOverhead;
  private final int frameOverhead;
  private final long cluster;
  private final MembershipList list;
  private final Dissemination rumors;
  private final LocalHealth health;
  private final TokenBucket bandwidth;
  private final SwimStats stats;
  private final Output output;
  private final PacketWriter writer;
  private final Dissemination.Offer offer = this::put;
  private final Dissemination.Offer offerToEqual = this::putUnlessShownInHash;

  Outbox(
      SwimConfig config,
      PathSizes sizes,
      MembershipList list,
      Dissemination rumors,
      LocalHealth health,
      TokenBucket bandwidth,
      SwimStats stats,
      Output output) {
    this.sizes = sizes;
    this.datagramBytes = config.maxPacketSize();
    this.datagramOverhead = config.datagramOverhead();
    this.frameOverhead = config.frameOverhead();
    this.writer = new PacketWriter(sizes.large());
    this.cluster = Header.clusterHash(config.cluster());
    this.list = list;
    this.rumors = rumors;
    this.health = health;
    this.bandwidth = bandwidth;
    this.stats = stats;
    this.output = output;
  }

  /** What a packet to a member may take, unless a single message takes more. */
  int room(Peer to) {
    return sizes.to(to);
  }

  /** Whether that is less than usual. */
  boolean isSmall(Peer to) {
    return room(to) < sizes.large();
  }

  /**
   * Sends a message to a member, behind news that belongs with it, with rumors in what room is
   * left.
   */
  void send(long now, Peer to, @Nullable Update news, Message message) {
    int room = room(to);
    if (isSmall(to)) {
      int least = PacketWriter.OVERHEAD + PacketWriter.sizeOf(message);
      least += news == null ? 0 : PacketWriter.sizeOf(news);
      room = least > room ? sizes.large() : room;
    }
    begin(false, room);
    if (news != null) {
      put(news);
    }
    put(message);
    piggyback(now, to);
    flush(now, to.address());
  }

  /** Sends a message and nothing else: to strangers, in answers no longer than the question. */
  void sendBare(long now, InetSocketAddress to, Message message) {
    begin(false, sizes.large());
    put(message);
    flush(now, to);
  }

  /** Sends a ping and nothing else, in a datagram of the full size. */
  void sendFilled(long now, InetSocketAddress to, Message.Ping ping) {
    begin(false, sizes.large());
    writer.addFilling(ping);
    stats.sent(MessageType.PING, 1);
    flush(now, to);
  }

  /**
   * Sends a message and nothing else, if the packet takes at most {@code bytes}.
   *
   * @return whether it was sent
   */
  boolean sendWithin(long now, InetSocketAddress to, Message message, int bytes) {
    begin(false, sizes.large());
    writer.add(message);
    ByteBuffer packet = writer.finish();
    if (packet.remaining() > bytes) {
      return false;
    }
    stats.sent(MessageType.of(message), 1);
    send(now, to, packet);
    return true;
  }

  /**
   * Sends rumors to a member, if the bandwidth cap lets them pass.
   *
   * @param pull whether to ask for the member's own in return
   * @param always whether to send a packet even if there is nothing that the member may lack
   */
  void gossip(long now, Peer to, boolean pull, boolean always) {
    if (!hasRoom(now)) {
      return;
    }
    begin(pull, room(to));
    piggyback(now, to);
    if (writer.count() == 0 && isSmall(to)) { // what is too large for it alone
      begin(pull, sizes.large());
      piggyback(now, to);
    }
    if (always || writer.count() > 0) {
      flush(now, to.address());
    }
  }

  /**
   * Sends messages to a member in as many datagrams as it takes, at most {@code packets} and, after
   * the first, as the bandwidth cap lets pass.
   *
   * @return how many messages were sent, from the first on
   */
  int sendAll(long now, Peer to, List<? extends Message> messages, int packets) {
    int sent = 0;
    for (int packet = 0; packet < packets && sent < messages.size(); packet++) {
      if (packet > 0 && !hasRoom(now)) {
        break;
      }
      int before = sent;
      sent = fill(room(to), messages, sent);
      if (sent == before) {
        sent = fill(sizes.large(), messages, sent);
      }
      if (sent == before) {
        throw new IllegalStateException("message must fit a datagram: " + messages.get(sent));
      }
      flush(now, to.address());
    }
    return sent;
  }

  /** A packet with these messages, from one on, as many as fit; which is the next. */
  private int fill(int room, List<? extends Message> messages, int from) {
    begin(false, room);
    int next = from;
    while (next < messages.size() && put(messages.get(next))) {
      next++;
    }
    return next;
  }

  /**
   * Whether a member has said that its view is ours.
   *
   * <p>Only what it said since our view last changed counts. A view can come back to an earlier
   * hash, as when somebody joins and dies, and then old words of those who know of neither fit.
   */
  boolean agrees(Peer peer) {
    return peer.viewHash() == list.viewHash() && peer.lastHeard() >= list.lastChange();
  }

  /** Whether the bandwidth cap lets a packet pass that can wait. */
  boolean hasRoom(long now) {
    return bandwidth.availableAt(now, datagramBytes) <= now;
  }

  /** Writes one frame with these messages to a stream; they must fit. */
  void frame(long now, long stream, List<? extends Message> messages) {
    // Frames are rare and large: a buffer kept for them would be most of what this node keeps.
    PacketWriter frames = new PacketWriter(Limits.FRAME_BYTES);
    frames.begin(header(false), Limits.FRAME_BYTES);
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (!frames.add(message)) {
        throw new IllegalStateException("messages must fit a frame: " + message);
      }
      stats.sent(MessageType.of(message), 1);
    }
    ByteBuffer frame = frames.finish();
    stats.add(Counter.FRAMES_SENT);
    int bytes = frame.remaining() + frameOverhead;
    stats.add(Counter.FRAME_BYTES_SENT, bytes);
    bandwidth.spend(now, bytes);
    output.write(stream, frame);
  }

  private void begin(boolean pull, int room) {
    writer.begin(header(pull), room);
  }

  private Header header(boolean pull) {
    Peer self = list.self();
    return new Header(
        Protocol.VERSION,
        Header.flags(pull, health.score()),
        cluster,
        self.handle,
        self.incarnation(),
        list.viewHash());
  }

  /**
   * A member whose view hash equals ours knows all that shows in the hash: that counts as told
   * without taking room. Suspicions do not show and still travel. Over the bandwidth cap a packet
   * that cannot wait takes nothing along.
   */
  private void piggyback(long now, Peer to) {
    if (!hasRoom(now)) {
      return;
    }
    boolean equal = agrees(to);
    rumors.fill(list.activeCount(), writer.remaining(), equal ? offerToEqual : offer);
  }

  private boolean putUnlessShownInHash(Update update) {
    return !(update instanceof Update.Suspect) || put(update);
  }

  private boolean put(Message message) {
    if (!writer.add(message)) {
      return false;
    }
    stats.sent(MessageType.of(message), 1);
    return true;
  }

  private void flush(long now, InetSocketAddress to) {
    send(now, to, writer.finish());
  }

  private void send(long now, InetSocketAddress to, ByteBuffer packet) {
    stats.add(Counter.DATAGRAMS_SENT);
    int bytes = packet.remaining() + datagramOverhead;
    stats.add(Counter.DATAGRAM_BYTES_SENT, bytes);
    bandwidth.spend(now, bytes);
    output.send(to, packet);
  }
}

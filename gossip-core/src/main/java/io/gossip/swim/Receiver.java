package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import io.gossip.swim.Clue.Note;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.Header;
import io.gossip.wire.MalformedPacketException;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Message.BucketHashes;
import io.gossip.wire.Message.Digest;
import io.gossip.wire.Message.Fetch;
import io.gossip.wire.Message.JoinRefused;
import io.gossip.wire.Message.Nack;
import io.gossip.wire.Message.Offer;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Message.PingReq;
import io.gossip.wire.Message.RelayedAck;
import io.gossip.wire.Message.WrongTarget;
import io.gossip.wire.MessageType;
import io.gossip.wire.Packet;
import io.gossip.wire.PacketReader;
import io.gossip.wire.Protocol;
import io.gossip.wire.RefusalReason;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of a datagram through this node: read, the sender heard, each message brought to the part
 * it concerns, the ping answered last, so that an ack says that the whole packet was applied.
 */
final class Receiver {

  private final PacketReader reader;
  private final Self self;
  private final Rivalry rivalry;
  private final MembershipList list;
  private final LastWords lastWords;
  private final Hearing hearing;
  private final Reconciler reconciler;
  private final Verdicts verdicts;
  private final Prober prober;
  private final SizeTrials sizeTrials;
  private final Relays relays;
  private final Admission admission;
  private final AntiEntropy antiEntropy;
  private final Leaving leaving;
  private final Spreading spreading;
  private final Outbox outbox;
  private final Signatures signatures;
  private final Source source;
  private final Patience patience;
  private final Convergence convergence;
  private final Sampling sampling;
  private final SwimStats stats;

  Receiver(
      SwimConfig config,
      Self self,
      Rivalry rivalry,
      MembershipList list,
      LastWords lastWords,
      Hearing hearing,
      Reconciler reconciler,
      Verdicts verdicts,
      Prober prober,
      SizeTrials sizeTrials,
      Relays relays,
      Admission admission,
      AntiEntropy antiEntropy,
      Leaving leaving,
      Spreading spreading,
      Outbox outbox,
      Signatures signatures,
      Source source,
      Patience patience,
      Convergence convergence,
      Sampling sampling,
      SwimStats stats) {
    this.reader = new PacketReader(Header.clusterHash(config.cluster()), Protocol.RANGE);
    this.self = self;
    this.rivalry = rivalry;
    this.list = list;
    this.lastWords = lastWords;
    this.hearing = hearing;
    this.reconciler = reconciler;
    this.verdicts = verdicts;
    this.prober = prober;
    this.sizeTrials = sizeTrials;
    this.relays = relays;
    this.admission = admission;
    this.antiEntropy = antiEntropy;
    this.leaving = leaving;
    this.spreading = spreading;
    this.outbox = outbox;
    this.signatures = signatures;
    this.source = source;
    this.patience = patience;
    this.convergence = convergence;
    this.sampling = sampling;
    this.stats = stats;
  }

  /**
   * The packet in these bytes; {@code null}, and counted, if there is none that is meant for us.
   *
   * @param ownAllowed whether it may come from this node itself, which a join to itself does
   */
  @Nullable Packet read(ByteBuffer bytes, boolean ownAllowed) {
    try {
      Packet packet = reader.read(bytes);
      if (!ownAllowed && packet.header().sender() == list.self().handle) {
        stats.drop(Drop.OWN);
        return null;
      }
      stats.add(Counter.PACKETS_HANDLED);
      stats.add(Counter.MESSAGES_SKIPPED, packet.skipped());
      stats.add(Counter.MESSAGES_LOST, packet.lost());
      for (int i = 0; i < packet.messages().size(); i++) {
        stats.received(MessageType.of(packet.messages().get(i)), 1);
      }
      return packet;
    } catch (MalformedPacketException malformed) {
      stats.drop(
          switch (malformed.reason()) {
            case MALFORMED -> Drop.MALFORMED;
            case CHECKSUM -> Drop.CHECKSUM;
            case VERSION -> Drop.VERSION;
            case CLUSTER -> Drop.CLUSTER;
          });
      return null;
    }
  }

  void datagram(long now, InetSocketAddress from, ByteBuffer bytes) {
    int length = bytes.remaining();
    Packet packet = read(bytes, false);
    if (packet == null) {
      return;
    }
    Header header = packet.header();
    Peer sender = knownAt(header.sender(), from);
    source.datagram(now, from, header.sender(), sender != null);
    if (sender != null) {
      hear(now, sender, header);
    }
    List<Message> messages = packet.messages();
    @Nullable Ping ping = null;
    boolean answers = false;
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (message instanceof Ping asked) {
        ping = asked;
      } else {
        answers |= message instanceof Ack;
        handle(now, from, sender, header, message);
      }
    }
    if (sender != null && !answers) {
      boolean probes = !messages.isEmpty() && messages.get(0) instanceof Ping; // else, repairs
      convergence.heard(now, sender, header.viewHash(), probes);
    }
    boolean told =
        (ping == null || sender == null) && tellIfEnded(now, from, header.sender(), length);
    if (ping != null && !told) {
      answer(now, from, sender, ping);
    }
    if (sender != null && sender.isActive()) {
      afterwards(now, sender, header, ping == null);
    }
  }

  /** The member of this handle, if it is kept and the packet comes from its address. */
  private @Nullable Peer knownAt(long handle, InetSocketAddress from) {
    Peer peer = list.find(handle);
    return peer != null && peer.address().equals(from) ? peer : null;
  }

  /** A packet came from the member itself: whatever it says, the member lives. */
  void hear(long now, Peer sender, Header header) {
    if (hearing.heard(now)) {
      verdicts.endOfDeafness(now);
    }
    if (sender.status() == MemberStatus.LEFT) {
      return;
    }
    sender.heard(now, header.viewHash(), header.health());
    if (!reconciler.raised(now, sender, header.incarnation(), true)
        && sender.status() == MemberStatus.SUSPECT) {
      verdicts.lives(now, sender, Note.HEARD);
    }
  }

  private void handle(
      long now, InetSocketAddress from, @Nullable Peer sender, Header header, Message message) {
    if (message instanceof Update update) {
      update(now, sender, update);
    } else if (message instanceof Ack ack) {
      acked(now, from, sender, header, ack);
    } else if (message instanceof WrongTarget wrong && !signatures.areRequired()) {
      // Where members sign, whoever knows the question might answer it: TCP is asked.
      expect(prober.wrongTarget(now, wrong.nonce(), from));
    } else if (message instanceof JoinRefused refusal && sender != null && sender.isActive()) {
      refused(now, from, refusal);
    } else if (sender == null || !sender.isActive()) {
      stats.drop(Drop.UNKNOWN);
    } else if (message instanceof PingReq request) {
      relays.requested(now, sender, request);
    } else if (message instanceof RelayedAck ack) {
      expect(prober.relayAcked(now, ack.nonce(), sender, ack.target()));
    } else if (message instanceof Nack nack) {
      expect(prober.nacked(now, nack.nonce(), sender));
    } else if (!sender.isEchoed()) {
      antiEntropy.calledByStranger(now, sender);
    } else if (message instanceof BucketHashes hashes) {
      antiEntropy.bucketHashes(now, sender, hashes);
    } else if (message instanceof Digest digest) {
      antiEntropy.digest(now, sender, digest);
    } else if (message instanceof Fetch fetch) {
      antiEntropy.fetch(now, sender, fetch);
    } else if (message instanceof Offer offer) {
      antiEntropy.offer(now, sender, offer);
    } else {
      stats.drop(Drop.UNEXPECTED);
    }
  }

  /** News about a member, by whatever way it came. */
  void update(long now, @Nullable Peer sender, Update update) {
    if (!patience.lasts()) {
      if (sender != null && patience.asks()) {
        prober.greet(now, sender); // its answer brings its news, and proves whose it is
      }
      return;
    }
    Reconciler.Outcome outcome = reconciler.apply(now, update, true);
    Peer subject = list.find(update.handle());
    if (outcome == Reconciler.Outcome.LOOK && subject != null) {
      prober.urgent(now, subject);
    } else if (outcome == Reconciler.Outcome.VERIFY && subject != null) {
      prober.verify(now, subject);
    } else if (outcome == Reconciler.Outcome.GAP && sender != null && sender.isActive()) {
      antiEntropy.fillGap(now, sender, update.handle());
    }
  }

  /** What a joiner is told of the members: everybody else has it, and has looked. */
  void page(long now, Update update) {
    if (!patience.lasts()) {
      return;
    }
    Peer subject = list.find(update.handle());
    if (reconciler.apply(now, update, false) == Reconciler.Outcome.LOOK && subject != null) {
      prober.urgent(now, subject);
    }
  }

  private void acked(
      long now, InetSocketAddress from, @Nullable Peer sender, Header header, Ack ack) {
    if (sender != null && antiEntropy.acked(ack.nonce(), sender)) {
      return; // it holds what it was just sent: no sample
    }
    boolean bare = sender != null && sampling.acked(ack.nonce(), sender);
    boolean secret = !bare && !prober.isShared(ack.nonce());
    boolean expected =
        sender == null
            ? admission.acked(now, ack.nonce(), header.sender(), from)
                || rivalry.acked(ack.nonce(), header.sender(), from)
            : bare
                || probeAcked(now, ack.nonce(), sender)
                || sizeTrials.acked(now, ack.nonce(), sender)
                || relays.acked(now, ack.nonce(), sender)
                || leaving.acked(ack.nonce(), sender)
                || spreading.acked(ack.nonce(), sender, ack.held())
                || admission.acked(now, ack.nonce(), header.sender(), from);
    if (expected && sender != null) {
      convergence.answered(now, sender, ack.held(), bare);
      if (secret) { // else it need not come from where it was asked
        source.proves();
      }
    }
    expect(expected);
  }

  private boolean probeAcked(long now, long nonce, Peer sender) {
    boolean asked = prober.acked(now, nonce, sender);
    if (asked) {
      sizeTrials.met(now, sender);
    }
    return asked;
  }

  /** A member knows a newer life of this name that has ended: this one has to be newer still. */
  private void refused(long now, InetSocketAddress from, JoinRefused refusal) {
    boolean expected =
        refusal.reason() == RefusalReason.STALE_GENERATION
            && !signatures.areRequired() // anybody could end lives with it
            && !self.isLeaving()
            && !self.isFuture(now, refusal.generation());
    if (expected) {
      self.renew(now, refusal.generation(), from);
    }
    expect(expected);
  }

  private void expect(boolean expected) {
    if (!expected) {
      stats.drop(Drop.UNEXPECTED);
    }
  }

  /** Answers a ping: to a member with rumors, to anybody else with no more than was asked with. */
  private void answer(long now, InetSocketAddress from, @Nullable Peer sender, Ping ping) {
    if (ping.target() != 0 && ping.target() != list.self().handle) {
      outbox.sendBare(now, from, new WrongTarget(ping.nonce(), ping.target()));
      return;
    }
    Ack ack = new Ack(ping.nonce(), sender == null ? 0 : sender.state.version());
    if (sender != null && sender.isEchoed() && sender.status() != MemberStatus.LEFT) {
      outbox.send(now, sender, sender.status() == MemberStatus.DEAD ? verdict(sender) : null, ack);
    } else {
      outbox.sendBare(now, from, ack);
      if (sender != null && sender.status() == MemberStatus.DEAD) {
        prober.greet(now, sender);
      }
    }
  }

  /**
   * A sender whose life has ended here is told so: it refutes, or begins another. What would be
   * longer than the question of {@code question} bytes waits for a longer one.
   *
   * @return whether it was told
   */
  private boolean tellIfEnded(long now, InetSocketAddress from, long sender, int question) {
    if (self.isLeaving()) {
      return false;
    }
    Message word = lastWords.to(now, sender);
    if (word != null) {
      return outbox.sendWithin(now, from, word, question);
    }
    Peer bearer = lastWords.toBeHeard(now, sender);
    if (bearer != null) {
      prober.greet(now, bearer); // before the next packet of who is behind the times
    }
    return false;
  }

  private static Update.Dead verdict(Peer sender) {
    return new Update.Dead(sender.handle, sender.incarnation(), List.of());
  }

  /**
   * What the sender's view hash leads to. Who pings hears ours from the answer and begins the
   * repair if there is one to begin: one of the two is enough.
   */
  private void afterwards(long now, Peer sender, Header header, boolean repairs) {
    if (self.isLeaving()) {
      return;
    }
    if (header.pulls() && sender.viewHash() != list.viewHash()) {
      if (sender.isEchoed()) {
        outbox.gossip(now, sender, false, false);
      } else {
        prober.greet(now, sender);
      }
    }
    if (repairs) {
      antiEntropy.heard(now, sender);
    }
  }
}

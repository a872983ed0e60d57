package io.gossip.swim;

import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.Header;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Message.Busy;
import io.gossip.wire.Message.Join;
import io.gossip.wire.Message.JoinAccepted;
import io.gossip.wire.Message.JoinRefused;
import io.gossip.wire.Message.Page;
import io.gossip.wire.Message.PageRequest;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Message.Watch;
import io.gossip.wire.Message.WrongTarget;
import io.gossip.wire.Packet;
import io.gossip.wire.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of a frame: pings, joins, pages and watch links, each on a stream of its own. */
final class StreamReceiver {

  private final MembershipList list;
  private final Receiver receiver;
  private final StreamPings streamPings;
  private final Prober prober;
  private final SizeTrials sizeTrials;
  private final Joining joining;
  private final Admission admission;
  private final WatchLinks links;
  private final Watchers watchers;
  private final Outbox outbox;
  private final Source source;
  private final SwimStats stats;
  private final Output output;

  StreamReceiver(
      MembershipList list,
      Receiver receiver,
      StreamPings streamPings,
      Prober prober,
      SizeTrials sizeTrials,
      Joining joining,
      Admission admission,
      WatchLinks links,
      Watchers watchers,
      Outbox outbox,
      Source source,
      SwimStats stats,
      Output output) {
    this.list = list;
    this.receiver = receiver;
    this.streamPings = streamPings;
    this.prober = prober;
    this.sizeTrials = sizeTrials;
    this.joining = joining;
    this.admission = admission;
    this.links = links;
    this.watchers = watchers;
    this.outbox = outbox;
    this.source = source;
    this.stats = stats;
    this.output = output;
  }

  void frame(long now, long stream, ByteBuffer bytes) {
    Packet packet = receiver.read(bytes, true);
    if (packet == null) {
      // Who sends what we cannot read gets no answer, and no second try on this stream.
      closed(now, stream, StreamEnd.CLOSED);
      output.close(stream);
      return;
    }
    source.frame(now, output.otherEnd(stream), packet.header().sender());
    List<Message> messages = packet.messages();
    if (!messages.isEmpty() && messages.get(0) instanceof Join join) {
      join(now, stream, packet.header(), join, messages);
      return;
    }
    for (int i = 0; i < messages.size(); i++) {
      handle(now, stream, packet.header(), messages.get(i));
    }
    answerPages(now, stream, messages);
  }

  /** The frame of a joiner: what it says of itself waits until it has been reached. */
  private void join(long now, long stream, Header header, Join join, List<Message> messages) {
    Update.@Nullable Alive record = null;
    List<Update> state = new ArrayList<>();
    for (int i = 1; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (message instanceof Update.Alive alive && record == null) {
        record = alive;
      } else if (message instanceof Update.State run) {
        state.add(run);
      }
    }
    if (record == null || record.handle() != header.sender()) {
      stats.drop(Drop.UNEXPECTED);
      output.close(stream);
      return;
    }
    admission.requested(now, stream, header.sender(), join, record, state);
  }

  private void handle(long now, long stream, Header header, Message message) {
    if (message instanceof Update update) {
      if (joining.owns(stream)) {
        receiver.page(now, update);
      } else if (links.owns(stream)) {
        receiver.update(now, null, update);
      } else {
        stats.drop(Drop.UNEXPECTED);
      }
    } else if (message instanceof Ping ping) {
      pinged(now, stream, ping);
    } else if (message instanceof Watch watch) {
      watchers.asked(now, stream, watch, header.sender());
    } else if (message instanceof Ack ack) {
      answered(now, stream, ack.nonce(), header.sender());
    } else if (message instanceof WrongTarget wrong) {
      answered(now, stream, wrong.nonce(), header.sender());
    } else if (message instanceof JoinAccepted accepted) {
      joining.accepted(now, stream, accepted.nonce(), header.sender());
    } else if (message instanceof JoinRefused refused) {
      joining.refused(now, stream, refused);
    } else if (message instanceof Busy busy) {
      joining.busy(now, stream, busy);
    } else if (!(message instanceof Page || message instanceof PageRequest)) {
      stats.drop(Drop.UNEXPECTED);
    }
  }

  private void answered(long now, long stream, long nonce, long sender) {
    if (!links.answered(now, stream, nonce, sender)) {
      ended(now, streamPings.answered(stream, nonce, sender));
    }
  }

  /** Pages come first in their frame, but count when what follows has been applied. */
  private void answerPages(long now, long stream, List<Message> messages) {
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (message instanceof Page page) {
        joining.page(now, stream, page);
      } else if (message instanceof PageRequest request) {
        admission.pageRequested(now, stream, request.after());
      }
    }
  }

  private void pinged(long now, long stream, Ping ping) {
    boolean meant = ping.target() == 0 || ping.target() == list.self().handle;
    outbox.frame(
        now,
        stream,
        List.of(meant ? new Ack(ping.nonce(), 0) : new WrongTarget(ping.nonce(), ping.target())));
  }

  void connected(long now, long stream) {
    streamPings.connected(now, stream);
    joining.connected(now, stream);
    links.connected(now, stream);
  }

  void closed(long now, long stream, StreamEnd end) {
    ended(now, streamPings.closed(stream, end));
    joining.closed(stream, end);
    admission.closed(stream);
    links.closed(now, stream, end);
    watchers.closed(stream);
  }

  void pingTimedOut(long now, long stream) {
    ended(now, streamPings.timedOut(now, stream));
  }

  private void ended(long now, StreamPings.@Nullable Outcome outcome) {
    if (outcome != null && !admission.streamEnded(now, outcome)) {
      Peer answered = prober.streamEnded(now, outcome);
      if (answered != null) {
        sizeTrials.met(now, answered);
      }
    }
  }
}

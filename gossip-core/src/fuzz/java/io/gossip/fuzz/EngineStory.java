package io.gossip.fuzz;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.Effect;
import io.gossip.sim.RecordingOutput;
import io.gossip.sim.SimSigner;
import io.gossip.swim.Seed;
import io.gossip.swim.Sharing;
import io.gossip.swim.StreamEnd;
import io.gossip.swim.Swim;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimLoad;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.wire.Header;
import io.gossip.wire.Message;
import io.gossip.wire.Update;
import io.gossip.wire.ViewHash;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one state machine, which signs or not, told by the choices of an input; a byte
 * says what comes next: a packet of messages that look valid or of any bytes, a frame, something
 * about a stream, time, or a call of the application.
 */
final class EngineStory {

  private static final long GENERATION = 1_767_225_600_000L;
  private static final int MEMBERS = 6;
  private static final int MOST_TIMERS_AT_ONCE = 100_000;
  private static final int MOST_OF_ANYTHING = 50_000;

  private final Choices choices;
  private final List<InetSocketAddress> addresses = addresses();
  private final RecordingOutput output = new RecordingOutput(Packets.CLUSTER);
  private final Swim swim;
  private final Hearsay hearsay;
  private final Deque<Long> opened = new ArrayDeque<>();
  private final Set<NodeId> told = new HashSet<>();
  private long lastAccepted;
  private long now;

  EngineStory(Choices choices) {
    this.choices = choices;
    Member self =
        new Member(
            new NodeId("self"),
            GENERATION,
            0,
            MemberStatus.ALIVE,
            addresses.get(0),
            "z1",
            new ProtocolRange(1, 1),
            0,
            Map.of());
    @Nullable SimSigner signer = choices.below(2) == 0 ? null : SimSigner.of("self");
    List<Seed> seeds = choices.below(2) == 0 ? List.of() : List.of(new Seed("10.0.0.2", 7946));
    swim =
        new Swim(
            self, SwimConfig.lan(), seeds, new SplittableRandom(7), output, Sharing.NONE, signer);
    hearsay = new Hearsay(self, addresses, signer != null);
    swim.start(0);
    look();
  }

  boolean goesOn() {
    return !choices.isEmpty();
  }

  void step() {
    switch (choices.below(12)) {
      case 0, 1, 2, 3 -> swim.receive(now, source(), ByteBuffer.wrap(packet(messages())));
      case 4 -> swim.receive(now, source(), ByteBuffer.wrap(packetOfAnything()));
      case 5 -> swim.received(now, stream(), ByteBuffer.wrap(packet(messages())));
      case 6 -> streams();
      case 7 -> calls();
      case 8 -> joins();
      default -> passes(1_000_000L << choices.below(16));
    }
    look();
  }

  /** Ten quiet seconds. */
  void ends() {
    passes(10_000_000_000L);
    look();
  }

  // What happens

  private InetSocketAddress source() {
    return hearsay.address(choices);
  }

  private byte[] packet(List<Message> messages) {
    long view = choices.below(2) == 0 ? swim.membership().hash() : choices.nextLong();
    int incarnation = choices.below(4) == 0 ? (int) choices.nextLong() : 0;
    long sender = hearsay.handle(choices.below(MEMBERS));
    int flags = choices.below(2);
    return Packets.of(
        new Header(1, flags, Packets.CLUSTER_HASH, sender, incarnation, view), messages);
  }

  private byte[] packetOfAnything() {
    long sender = hearsay.handle(choices.below(MEMBERS));
    return Packets.around(choices.block(), choices.next(), sender, choices.nextLong());
  }

  private List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    for (int i = choices.below(4); i >= 0; i--) {
      messages.add(hearsay.message(choices));
    }
    return messages;
  }

  private void joins() {
    long stream = accepts();
    List<Message> messages = new ArrayList<>();
    messages.add(new Message.Join(choices.next()));
    Update.Alive record = hearsay.joiner(choices);
    messages.add(record);
    messages.addAll(messages());
    Header header = new Header(1, 0, Packets.CLUSTER_HASH, record.handle(), 0, 0);
    swim.received(now, stream, ByteBuffer.wrap(Packets.of(header, messages)));
  }

  private long accepts() {
    InetSocketAddress from = source();
    output.leads(--lastAccepted, from);
    swim.accepted(now, lastAccepted, from);
    return lastAccepted;
  }

  private long stream() {
    int choice = choices.below(3);
    Long open = opened.peek();
    return choice == 0 && open != null ? open : lastAccepted;
  }

  private void streams() {
    switch (choices.below(4)) {
      case 0 -> accepts();
      case 1 -> swim.connected(now, stream());
      case 2 -> {
        StreamEnd end = choices.of(StreamEnd.values());
        swim.closed(now, stream(), end);
        opened.poll();
      }
      default -> swim.resolved(now, new Seed("10.0.0.2", 7946), List.of(source(), source()));
    }
  }

  private void calls() {
    NodeId who = new NodeId(new String[] {"self", "b", "c", "d"}[choices.below(4)]);
    switch (choices.below(6)) {
      case 0 -> swim.reportFailure(now, who);
      case 1 -> swim.forget(now, who);
      case 2 -> swim.rejoin(now);
      case 3 -> swim.spread(now);
      case 4 -> {
        Map<String, @Nullable String> change = new HashMap<>();
        change.put("k" + choices.below(4), choices.below(2) == 0 ? null : "v" + choices.next());
        swim.update(now, change);
      }
      default -> {
        if (choices.next() == 255) { // else most stories would be over soon
          swim.leave(now);
        }
      }
    }
  }

  private void passes(long nanos) {
    long end = now + nanos;
    for (int i = 0; swim.nextDeadline() <= end; i++) {
      Harm.unless(i < MOST_TIMERS_AT_ONCE, "timers without an end");
      now = Math.max(now, swim.nextDeadline());
      swim.expire(now, choices.next() == 1);
      hear();
    }
    now = end;
  }

  // What must hold

  private void look() {
    hear();
    Member self = swim.membership().self();
    hearsay.selfHandle = self.identity().handle();
    boolean present =
        swim.phase() == Phase.ALONE
            || swim.phase() == Phase.JOINING
            || swim.phase() == Phase.JOINED
            || swim.phase() == Phase.ISOLATED;
    Harm.unless(
        !present || self.status() == MemberStatus.ALIVE,
        self + " to itself, while " + swim.phase());
    Harm.unless(
        !present || swim.membership().find(self.id()).filter(self::equals).isPresent(),
        "not in its own view");
    Harm.unless(
        self.id().value().equals("self") && self.generation() >= GENERATION, "somebody else");
    Harm.unless(!present || viewHash() == swim.membership().hash(), "the view hash is wrong");
    SwimLoad load = swim.load();
    Harm.unless(
        load.rumors() + load.probes() + load.relayed() + load.streams() + load.links()
            < MOST_OF_ANYTHING,
        "too much: " + load);
    swim.report(now);
  }

  private long viewHash() {
    long hash = 0;
    NodeId previous = null;
    for (Member member : swim.membership().members()) {
      Harm.unless(member.status().isActive(), member + " among the active");
      Harm.unless(previous == null || previous.compareTo(member.id()) < 0, "out of order");
      previous = member.id();
      hash += ViewHash.of(member.identity().handle(), member.incarnation(), member.stateVersion());
    }
    return hash;
  }

  /** Takes what was asked for; listeners hear of a member's coming before its going. */
  private void hear() {
    for (Effect effect : output.take()) {
      if (effect instanceof Effect.Sent sent) {
        remember(sent.messages());
      } else if (effect instanceof Effect.Wrote wrote) {
        remember(wrote.messages());
      } else if (effect instanceof Effect.Connected connected) {
        opened.addLast(connected.stream());
      } else if (effect instanceof Effect.Closed closed) {
        opened.remove(closed.stream());
      } else if (effect instanceof Effect.Published published) {
        hear(published.event());
      }
    }
  }

  private void remember(List<Message> messages) {
    for (Message message : messages) {
      if (message instanceof Message.Ping ping) {
        hearsay.asked = ping.nonce();
      } else if (message instanceof Message.PingReq request) {
        hearsay.asked = request.nonce();
      } else if (message instanceof Message.Join join) {
        hearsay.asked = join.nonce();
      } else if (message instanceof Message.Watch watch) {
        hearsay.asked = watch.nonce();
      }
    }
  }

  private void hear(MembershipEvent event) {
    if (event instanceof MembershipEvent.Joined joined) {
      Harm.unless(told.add(joined.member().id()), "joined twice: " + event);
    } else if (event instanceof MembershipEvent.Failed failed) {
      Harm.unless(told.remove(failed.member().id()), "no member: " + event);
    } else if (event instanceof MembershipEvent.Left left) {
      Harm.unless(told.remove(left.member().id()), "no member: " + event);
    }
  }

  private static List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int i = 1; i <= MEMBERS + 2; i++) {
      try {
        addresses.add(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) i}), 7946));
      } catch (UnknownHostException e) {
        throw new IllegalStateException("four bytes are an address", e);
      }
    }
    return addresses;
  }
}

package io.gossip.swim;

import io.gossip.membership.Evidence;
import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.Effect;
import io.gossip.sim.RecordingOutput;
import io.gossip.sim.Simulation;
import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Message.Nack;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Message.PingReq;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Signature;
import io.gossip.wire.Statement;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One state machine alone on a stage: the test plays all other members, packet by packet, and sees
 * all that it does.
 */
final class Stage {
  static final long GENERATION = 1_767_225_600_000L;
  static final String CLUSTER = "default";
  static final long HASH = Header.clusterHash(CLUSTER);

  final Swim swim;
  final InetSocketAddress address = Simulation.address(0);
  private final RecordingOutput output = new RecordingOutput(CLUSTER);
  private final PacketWriter writer = new PacketWriter(Limits.FRAME_BYTES);
  private final Map<InetSocketAddress, Actor> actors = new LinkedHashMap<>();
  private final List<Effect> effects = new ArrayList<>();
  private long now;

  /** Whether there is input that has not been handed in, as far as the machine is told. */
  boolean inputWaits;

  Stage() {
    this(SwimConfig.lan());
  }

  Stage(SwimConfig config) {
    this(config, List.of());
  }

  Stage(SwimConfig config, List<Seed> seeds) {
    this(config, seeds, null);
  }

  Stage(SwimConfig config, List<Seed> seeds, @Nullable Signer signer) {
    // Nobody plays their streams, and every ping here is meant.
    this(seeds, config.toBuilder().watchLinks(0).without(Rule.SIZE_TRIALS).build(), signer);
  }

  private Stage(List<Seed> seeds, SwimConfig config, @Nullable Signer signer) {
    Member self =
        new Member(
            new NodeId("self"),
            GENERATION,
            0,
            MemberStatus.ALIVE,
            address,
            "",
            new ProtocolRange(1, 1),
            0,
            Map.of());
    swim = new Swim(self, config, seeds, new SplittableRandom(7), output, Sharing.NONE, signer);
    swim.start(0);
    react();
  }

  /** A state machine that opens streams to watch others; what becomes of them is the test's. */
  static Stage watching(List<Seed> seeds) {
    return new Stage(seeds, SwimConfig.lan(), null);
  }

  /** A member played by the test. */
  final class Actor {
    final NodeId id;
    final InetSocketAddress address;
    long generation = GENERATION;
    int incarnation;

    /** What it signs with, if it does. */
    @Nullable Signer signer;

    /** What its packets say in their flags. */
    int flags;

    /** Whether it answers pings. */
    boolean answers = true;

    /** Whether its view differs from the one on stage, as far as its packets say. */
    boolean disagrees;

    /** Whether it answers a ping-req with a nack. */
    boolean nacks = true;

    Actor(String name, InetSocketAddress address) {
      id = new NodeId(name);
      this.address = address;
    }

    long handle() {
      return new Identity(id, generation).handle();
    }

    Update.Alive alive() {
      return alive(incarnation);
    }

    Update.Alive alive(int inIncarnation) {
      Update.Alive plain =
          new Update.Alive(id, generation, inIncarnation, address, "", new ProtocolRange(1, 1), 0);
      Signer own = signer;
      return own == null ? plain : signed(plain, own);
    }

    /** That it has refuted, in its own hand. */
    Update.Refuted refuted(int inIncarnation) {
      return new Update.Refuted(handle(), inIncarnation, alive(inIncarnation).signature());
    }

    /** That it has left, in its own hand. */
    Update.Left left() {
      return new Update.Left(
          handle(), incarnation, sign(Statement.left(HASH, handle(), incarnation)));
    }

    /** What it has found of another, in its own hand. */
    Update.Charge charge(Actor of, Evidence evidence) {
      return charge(of.handle(), of.incarnation, evidence);
    }

    Update.Charge charge(long subject, int inIncarnation, Evidence evidence) {
      return new Update.Charge(
          handle(),
          evidence,
          sign(Statement.charge(HASH, subject, inIncarnation, handle(), evidence)));
    }

    /** Its state, in its own hand: one key. */
    Update.State state(long version, String key, String value) {
      List<Update.Entry> entries = List.of(new Update.Entry(key, version, value));
      return new Update.State(
          handle(),
          version - 1,
          version,
          0,
          0,
          entries,
          sign(Statement.state(HASH, handle(), version, entries)));
    }

    @Nullable Signature sign(byte[] statement) {
      Signer own = signer;
      return own == null ? null : own.sign(statement);
    }

    /** Sends one packet from its own address. */
    void says(Message... messages) {
      saysFrom(address, messages);
    }

    void saysFrom(InetSocketAddress source, Message... messages) {
      swim.receive(now, source, packet(messages));
      react();
    }

    /** Writes one frame to a stream. */
    void writes(long stream, Message... messages) {
      swim.received(now, stream, packet(messages));
      react();
    }

    private ByteBuffer packet(Message... messages) {
      Header header =
          new Header(
              1,
              flags,
              Header.clusterHash(CLUSTER),
              handle(),
              incarnation,
              swim.membership().hash() + (disagrees ? 1 : 0));
      writer.begin(header, Limits.FRAME_BYTES);
      for (Message message : messages) {
        if (!writer.add(message)) {
          throw new IllegalArgumentException("no room for " + message);
        }
      }
      return writer.finish();
    }

    /** Leaves the stage without a word, for another to come in its place. */
    Actor replacedBy(String name) {
      Actor other = new Actor(name, address);
      actors.put(address, other);
      return other;
    }

    /** How it stands, active or departed; {@code null} if it is not known. */
    @Nullable MemberStatus status() {
      Member known = find();
      return known == null ? null : known.status();
    }

    /** Its record, active or departed; it must be known. */
    Member record() {
      Member known = find();
      if (known == null) {
        throw new AssertionError(id + " is not known");
      }
      return known;
    }

    private @Nullable Member find() {
      for (Member member : swim.membership().departed()) {
        if (member.id().equals(id)) {
          return member;
        }
      }
      return swim.membership().find(id).orElse(null);
    }
  }

  /** A record with that key and its signature. */
  static Update.Alive signed(Update.Alive record, Signer by) {
    return new Update.Alive(
        record.id(),
        record.generation(),
        record.incarnation(),
        record.address(),
        record.zone(),
        record.protocol(),
        record.stateVersion(),
        by.key(),
        by.sign(Statement.record(HASH, record, by.key())));
  }

  /** Somebody who is not known yet. */
  Actor stranger(String name) {
    InetSocketAddress place = Simulation.address(actors.size() + 1);
    Actor actor = new Actor(name, place);
    actors.put(place, actor);
    return actor;
  }

  /** A member that is known, has been heard and has proved its address. */
  Actor member(String name) {
    return member(name, null);
  }

  /** The same, signing with this. */
  Actor member(String name, @Nullable Signer signer) {
    Actor actor = stranger(name);
    actor.signer = signer;
    actor.says(actor.alive());
    swim.reportFailure(now, actor.id); // which has it pinged, and it answers
    react();
    return actor;
  }

  /** This many members, named b, c, d and so on. */
  List<Actor> members(int count) {
    List<Actor> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(member(String.valueOf((char) ('b' + i))));
    }
    return members;
  }

  /** Somebody at that address opens a stream. */
  void accepts(long stream, InetSocketAddress from) {
    output.leads(stream, from);
    swim.accepted(now, stream, from);
  }

  /** The application wants nobody at that address. */
  void wantsNobodyAt(InetSocketAddress place) {
    output.wantsNobodyAt(place);
  }

  /** The handle of the one on stage. */
  long self() {
    return swim.membership().self().identity().handle();
  }

  long now() {
    return now;
  }

  /** Lets time pass; timers go off when they should. */
  void passes(Duration time) {
    long end = now + time.toNanos();
    while (swim.nextDeadline() <= end) {
      now = Math.max(now, swim.nextDeadline());
      swim.expire(now, inputWaits);
      react();
    }
    now = end;
  }

  /** Lets time pass until the silent member is asked for at the relays; returns those requests. */
  List<PingReq> requestsFor(Actor silent, List<Actor> relays) {
    List<PingReq> requests = new ArrayList<>();
    effects();
    for (int i = 0; requests.isEmpty() && i < 100; i++) {
      passes(Duration.ofMillis(100));
      List<Effect> effects = effects();
      for (Actor relay : relays) {
        requests.addAll(messages(effects, PingReq.class, relay.address));
      }
    }
    if (requests.isEmpty()) {
      throw new AssertionError("nobody was asked for " + silent.id);
    }
    return requests;
  }

  /** Lets time pass without the process getting to run. */
  void stopsFor(Duration time) {
    now += time.toNanos();
  }

  void expires() {
    swim.expire(now, false);
    react();
  }

  /** What was asked for since the last call, answered pings included. */
  List<Effect> effects() {
    List<Effect> taken = List.copyOf(effects);
    effects.clear();
    return taken;
  }

  /** The events since the last call of this or {@link #effects()}; the rest is dropped. */
  List<MembershipEvent> events() {
    List<MembershipEvent> events = new ArrayList<>();
    for (Effect effect : effects()) {
      if (effect instanceof Effect.Published published) {
        events.add(published.event());
      }
    }
    return events;
  }

  /** The messages of one kind sent to an actor since the last call; the rest is dropped. */
  <M extends Message> List<M> sent(Class<M> kind, Actor to) {
    return messages(effects(), kind, to.address);
  }

  /** The messages of one kind among the datagrams to an address. */
  static <M extends Message> List<M> messages(
      List<Effect> among, Class<M> kind, InetSocketAddress to) {
    List<M> found = new ArrayList<>();
    for (Effect effect : among) {
      if (effect instanceof Effect.Sent sent && sent.to().equals(to)) {
        for (Message message : sent.messages()) {
          if (kind.isInstance(message)) {
            found.add(kind.cast(message));
          }
        }
      }
    }
    return found;
  }

  /** Collects what the last input led to and lets the actors answer at once. */
  void react() {
    List<Effect> news = output.take();
    effects.addAll(news);
    for (Effect effect : news) {
      if (effect instanceof Effect.Sent sent && actors.containsKey(sent.to())) {
        for (Message message : sent.messages()) {
          answer(actors.get(sent.to()), message);
        }
      }
    }
  }

  private static void answer(Actor actor, Message message) {
    if (message instanceof Ping ping && actor.answers && ping.target() == actor.handle()) {
      actor.says(new Ack(ping.nonce(), 0));
    } else if (message instanceof PingReq request && actor.nacks) {
      actor.says(new Nack(request.nonce(), request.target()));
    }
  }
}

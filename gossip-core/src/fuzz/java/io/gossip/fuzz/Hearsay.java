package io.gossip.fuzz;

import io.gossip.membership.Evidence;
import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.wire.Limits;
import io.gossip.wire.Message;
import io.gossip.wire.MessageType;
import io.gossip.wire.RefusalReason;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages that look valid, about members that there are, out of the choices of an input. */
final class Hearsay {

  private static final String[] NAMES = {"self", "b", "c", "d", "e", "f"};
  private static final String[] ZONES = {"", "", "z1", "z2"};

  private final Member self;
  private final List<InetSocketAddress> addresses;

  /** The nonce of the last question that this node asked; answers to it are worth something. */
  long asked;

  /** What this node calls itself now; it may have begun another life. */
  long selfHandle;

  /** {@code null} where nobody signs. */
  private final @Nullable Hand hand;

  Hearsay(Member self, List<InetSocketAddress> addresses, boolean signs) {
    this.self = self;
    this.addresses = addresses;
    this.selfHandle = self.identity().handle();
    Map<Long, String> names = new HashMap<>();
    for (String name : NAMES) {
      names.put(new Identity(new NodeId(name), self.generation()).handle(), name);
    }
    this.hand = signs ? new Hand(names) : null;
  }

  /** The members that packets come from. */
  long handle(int number) {
    return number == 0
        ? selfHandle
        : new Identity(new NodeId(NAMES[number % NAMES.length]), self.generation()).handle();
  }

  Message message(Choices choices) {
    Message message = unsigned(choices);
    return hand == null ? message : hand.sign(choices, message);
  }

  /** The record of a joiner. */
  Update.Alive joiner(Choices choices) {
    Update.Alive record = alive(choices);
    return hand == null ? record : (Update.Alive) hand.sign(choices, record);
  }

  private Message unsigned(Choices choices) {
    MessageType type = choices.of(MessageType.values());
    return switch (type) {
      case PING -> new Message.Ping(nonce(choices), choices.below(2) == 0 ? 0 : who(choices));
      case ACK -> new Message.Ack(nonce(choices), version(choices));
      case WRONG_TARGET -> new Message.WrongTarget(nonce(choices), who(choices));
      case PING_REQ -> new Message.PingReq(nonce(choices), who(choices));
      case RELAYED_ACK ->
          new Message.RelayedAck(nonce(choices), who(choices), incarnation(choices));
      case NACK -> new Message.Nack(nonce(choices), who(choices));
      case WATCH -> new Message.Watch(nonce(choices), who(choices));
      case ALIVE -> alive(choices);
      case SUSPECT -> new Update.Suspect(who(choices), incarnation(choices), charges(choices, 1));
      case DEAD -> new Update.Dead(who(choices), incarnation(choices), charges(choices, 0));
      case LEFT -> new Update.Left(who(choices), incarnation(choices));
      case STATE -> state(choices);
      case REFUTED -> new Update.Refuted(who(choices), incarnation(choices));
      case BUCKET_HASHES -> sums(choices);
      case DIGEST -> digest(choices);
      case FETCH -> new Message.Fetch(entries(choices, -1));
      case OFFER -> new Message.Offer(entries(choices, 0));
      case JOIN -> new Message.Join(nonce(choices));
      case JOIN_ACCEPTED -> new Message.JoinAccepted(nonce(choices), choices.next());
      case JOIN_REFUSED ->
          new Message.JoinRefused(
              nonce(choices), choices.of(RefusalReason.values()), generation(choices), "");
      case BUSY -> new Message.Busy(nonce(choices), List.of(address(choices), address(choices)));
      case PAGE_REQUEST -> new Message.PageRequest(choices.below(3) == 0 ? 0 : who(choices));
      case PAGE -> new Message.Page(choices.below(3) == 0 ? 0 : who(choices));
    };
  }

  private long nonce(Choices choices) {
    return choices.below(4) == 0 ? choices.nextLong() : asked;
  }

  private long who(Choices choices) {
    int number = choices.below(NAMES.length + 2);
    if (number < NAMES.length) {
      return handle(number);
    }
    return number == NAMES.length ? -1 : choices.nextLong() | 1;
  }

  private static int incarnation(Choices choices) {
    return switch (choices.below(6)) {
      case 0, 1 -> 0;
      case 2 -> choices.next();
      case 3 -> -1;
      case 4 -> -2;
      default -> (int) choices.nextLong();
    };
  }

  private long generation(Choices choices) {
    return switch (choices.below(6)) {
      case 0, 1, 2 -> self.generation();
      case 3 -> self.generation() + choices.next() - 100;
      case 4 -> self.generation() + 365L * 24 * 3_600_000;
      default -> Limits.MAX_GENERATION;
    };
  }

  private static long version(Choices choices) {
    return switch (choices.below(4)) {
      case 0 -> 0;
      case 1 -> Limits.MAX_STATE_VERSION;
      default -> choices.next();
    };
  }

  InetSocketAddress address(Choices choices) {
    return addresses.get(choices.below(addresses.size()));
  }

  private Update.Alive alive(Choices choices) {
    String name = choices.of(NAMES);
    return new Update.Alive(
        new NodeId(name),
        generation(choices),
        incarnation(choices),
        address(choices),
        choices.of(ZONES),
        choices.below(8) == 0 ? new ProtocolRange(2, 3) : new ProtocolRange(1, 1),
        version(choices));
  }

  private List<Update.Charge> charges(Choices choices, int least) {
    Map<Long, Update.Charge> charges = new LinkedHashMap<>();
    for (int i = least + choices.below(4); i > 0; i--) {
      long accuser = who(choices);
      charges.put(accuser, new Update.Charge(accuser, choices.of(Evidence.values())));
    }
    return List.copyOf(charges.values());
  }

  private Update.State state(Choices choices) {
    long from = choices.below(2) == 0 ? 0 : choices.next();
    List<Update.Entry> entries = new ArrayList<>();
    long version = from;
    for (int i = choices.below(4); i >= 0; i--) {
      version += 1 + choices.below(3);
      String value = choices.below(4) == 0 ? null : "v" + choices.next();
      entries.add(new Update.Entry("k" + i, version, value));
    }
    long target = choices.below(3) == 0 ? version + choices.below(3) : 0;
    long purged = choices.below((int) Math.min(version, 200));
    return new Update.State(who(choices), from, version, target, purged, entries);
  }

  private static Message.BucketHashes sums(Choices choices) {
    int bits = 1 + choices.below(Limits.BUCKET_BITS);
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < 1 << bits; i++) {
      sums.add(i < 4 ? choices.nextLong() : 0L);
    }
    return new Message.BucketHashes(bits, 0, sums);
  }

  private Message.Digest digest(Choices choices) {
    List<Message.DigestEntry> entries = new ArrayList<>(entries(choices, 0));
    entries.sort((a, b) -> Long.compareUnsigned(a.handle(), b.handle()));
    return new Message.Digest(0, -1, entries);
  }

  private List<Message.DigestEntry> entries(Choices choices, int least) {
    Map<Long, Message.DigestEntry> entries = new LinkedHashMap<>();
    for (int i = choices.below(6); i > 0; i--) {
      long handle = who(choices);
      long version = choices.below(4) == 0 ? least : version(choices);
      entries.put(handle, new Message.DigestEntry(handle, incarnation(choices), version));
    }
    return List.copyOf(entries.values());
  }
}

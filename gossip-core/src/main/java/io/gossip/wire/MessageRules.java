package io.gossip.wire;

import io.gossip.membership.Member;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message must be like, beyond being readable. The writer refuses to write what breaks a
 * rule, the reader to read it: whatever can be written can be read.
 */
final class MessageRules {

  private MessageRules() {}

  /** The first rule that the message breaks, in words, or {@code null}. */
  static @Nullable String violation(Message message) {
    return switch (MessageType.of(message)) {
      case PING, WRONG_TARGET, JOIN, PAGE_REQUEST, PAGE -> null;
      case ACK -> version(((Message.Ack) message).held());
      case PING_REQ -> handle(((Message.PingReq) message).target());
      case RELAYED_ACK -> handle(((Message.RelayedAck) message).target());
      case NACK -> handle(((Message.Nack) message).target());
      case WATCH -> handle(((Message.Watch) message).target());
      case ALIVE -> alive((Update.Alive) message);
      case SUSPECT -> {
        Update.Suspect suspect = (Update.Suspect) message;
        yield suspect.charges().isEmpty()
            ? "a suspicion without an accuser"
            : accusation(suspect.handle(), suspect.charges());
      }
      case DEAD -> accusation(((Update.Dead) message).handle(), ((Update.Dead) message).charges());
      case LEFT -> handle(((Update.Left) message).handle());
      case STATE -> StateRules.violation((Update.State) message);
      case REFUTED -> handle(((Update.Refuted) message).handle());
      case BUCKET_HASHES -> bucketHashes((Message.BucketHashes) message);
      case DIGEST -> digest((Message.Digest) message);
      case FETCH -> entries(((Message.Fetch) message).entries(), -1);
      case OFFER -> entries(((Message.Offer) message).entries(), 0);
      case JOIN_ACCEPTED ->
          ((Message.JoinAccepted) message).members() < 0 ? "a negative count of members" : null;
      case JOIN_REFUSED -> refusal((Message.JoinRefused) message);
      case BUSY -> alternatives(((Message.Busy) message).alternatives());
    };
  }

  static @Nullable String handle(long handle) {
    return handle == 0 ? "the handle of nobody" : null;
  }

  static @Nullable String version(long version) {
    return version < 0 || version > Limits.MAX_STATE_VERSION
        ? "a state version out of range"
        : null;
  }

  /** Text of at most so many bytes, without control characters. */
  static @Nullable String text(String text, int maxBytes) {
    int length = Utf8.length(text);
    if (length < 0) {
      return "text with half a surrogate pair";
    }
    if (length > maxBytes) {
      return "text of more than " + maxBytes + " bytes";
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return "text with a control character";
      }
    }
    return null;
  }

  private static @Nullable String generation(long generation) {
    return generation < 0 || generation > Limits.MAX_GENERATION
        ? "a generation out of range"
        : null;
  }

  private static @Nullable String alive(Update.Alive alive) {
    String problem = generation(alive.generation());
    if (problem == null) {
      problem = address(alive.address());
    }
    if (problem == null) {
      problem = text(alive.zone(), Member.MAX_ZONE_BYTES);
    }
    if (problem == null && (alive.owner() == null) != (alive.signature() == null)) {
      problem = "a key without a signature, or a signature without a key";
    }
    return problem == null ? version(alive.stateVersion()) : problem;
  }

  /** An address that a packet can be sent to, and reaches one host only. */
  private static @Nullable String address(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    if (host == null) {
      return "an unresolved address";
    }
    if (host.isAnyLocalAddress() || host.isMulticastAddress() || isBroadcast(host)) {
      return "an address of no single host";
    }
    return address.getPort() == 0 ? "port 0" : null;
  }

  private static boolean isBroadcast(InetAddress host) {
    return host instanceof Inet4Address && ByteBuffer.wrap(host.getAddress()).getInt() == -1;
  }

  private static @Nullable String accusation(long handle, List<Update.Charge> charges) {
    if (charges.size() > Limits.CHARGES) {
      return "more than " + Limits.CHARGES + " accusers";
    }
    for (int i = 0; i < charges.size(); i++) {
      long accuser = charges.get(i).accuser();
      if (accuser == 0) {
        return "an accuser who is nobody";
      }
      for (int j = 0; j < i; j++) {
        if (charges.get(j).accuser() == accuser) {
          return "one accuser twice";
        }
      }
    }
    return handle(handle);
  }

  private static @Nullable String bucketHashes(Message.BucketHashes hashes) {
    if (hashes.bits() < 1 || hashes.bits() > Limits.BUCKET_BITS) {
      return "bits out of 1 to " + Limits.BUCKET_BITS;
    }
    if (hashes.first() < 0
        || hashes.sums().isEmpty()
        || hashes.sums().size() > (1 << hashes.bits()) - hashes.first()) {
      return "buckets that do not exist";
    }
    return null;
  }

  private static @Nullable String digest(Message.Digest digest) {
    if (Long.compareUnsigned(digest.from(), digest.to()) > 0) {
      return "a range that ends before it begins";
    }
    List<Message.DigestEntry> entries = digest.entries();
    for (int i = 0; i < entries.size(); i++) {
      long handle = entries.get(i).handle();
      if (Long.compareUnsigned(handle, digest.from()) < 0
          || Long.compareUnsigned(handle, digest.to()) > 0) {
        return "an entry out of the range";
      }
      if (i > 0 && Long.compareUnsigned(handle, entries.get(i - 1).handle()) <= 0) {
        return "entries out of order";
      }
    }
    return entries(entries, 0);
  }

  private static @Nullable String entries(List<Message.DigestEntry> entries, long leastVersion) {
    for (int i = 0; i < entries.size(); i++) {
      Message.DigestEntry entry = entries.get(i);
      if (entry.handle() == 0) {
        return "an entry about nobody";
      }
      if (entry.stateVersion() < leastVersion || entry.stateVersion() > Limits.MAX_STATE_VERSION) {
        return "a state version out of range";
      }
    }
    return null;
  }

  private static @Nullable String refusal(Message.JoinRefused refused) {
    String problem = generation(refused.generation());
    return problem == null ? text(refused.detail(), Limits.DETAIL_BYTES) : problem;
  }

  private static @Nullable String alternatives(List<InetSocketAddress> alternatives) {
    if (alternatives.size() > Limits.ALTERNATIVES) {
      return "more than " + Limits.ALTERNATIVES + " alternatives";
    }
    for (int i = 0; i < alternatives.size(); i++) {
      String problem = address(alternatives.get(i));
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }
}

package io.gossip.wire;

import static io.gossip.wire.MalformedPacketException.malformed;

import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of all messages read back; the counterpart of {@link MessageWriter}. */
final class MessageReader {

  private static final int LEAST_ADDRESS = 1 + 4 + 2;
  private static final int LEAST_CHARGE = 8 + 1;
  private static final int LEAST_ENTRY = 2 + 1 + 1;
  private static final int LEAST_DIGEST_ENTRY = 8 + 1 + 1;

  private MessageReader() {}

  /** Reads a body. What it leaves unread, later versions have added. */
  static Message read(MessageType type, ByteSource in) throws MalformedPacketException {
    Message message = body(type, in);
    String violation = MessageRules.violation(message);
    if (violation != null) {
      throw malformed(violation);
    }
    return message;
  }

  private static Message body(MessageType type, ByteSource in) throws MalformedPacketException {
    return switch (type) {
      case PING -> {
        Message.Ping ping = new Message.Ping(in.int64(), in.int64());
        in.skip(MessageWriter.PING_RESERVED); // without it the answer would be larger
        yield ping;
      }
      case ACK -> new Message.Ack(in.int64(), version(in));
      case WRONG_TARGET -> new Message.WrongTarget(in.int64(), in.int64());
      case PING_REQ -> {
        Message.PingReq request = new Message.PingReq(in.int64(), in.int64());
        in.skip(MessageWriter.PING_REQ_RESERVED);
        yield request;
      }
      case RELAYED_ACK -> new Message.RelayedAck(in.int64(), in.int64(), in.incarnation());
      case NACK -> new Message.Nack(in.int64(), in.int64());
      case WATCH -> new Message.Watch(in.int64(), in.int64());
      case ALIVE -> alive(in);
      case SUSPECT -> new Update.Suspect(in.int64(), in.incarnation(), charges(in));
      case DEAD -> new Update.Dead(in.int64(), in.incarnation(), charges(in));
      case LEFT -> new Update.Left(in.int64(), in.incarnation(), signature(in));
      case STATE ->
          new Update.State(
              in.int64(),
              version(in),
              version(in),
              version(in),
              version(in),
              entries(in),
              signature(in),
              in.follows(MessageWriter.HOPS) ? in.int8() : 0);
      case REFUTED -> new Update.Refuted(in.int64(), in.incarnation(), signature(in));
      case BUCKET_HASHES -> new Message.BucketHashes(in.int8(), (int) in.varint(0xFFFF), sums(in));
      case DIGEST -> new Message.Digest(in.int64(), in.int64(), digestEntries(in));
      case FETCH -> new Message.Fetch(digestEntries(in));
      case OFFER -> new Message.Offer(digestEntries(in));
      case JOIN -> new Message.Join(in.int64());
      case JOIN_ACCEPTED ->
          new Message.JoinAccepted(in.int64(), (int) in.varint(Integer.MAX_VALUE));
      case JOIN_REFUSED ->
          new Message.JoinRefused(
              in.int64(),
              RefusalReason.ofCode(in.int8()),
              in.varint(Limits.MAX_GENERATION),
              in.text(Limits.DETAIL_BYTES));
      case BUSY -> new Message.Busy(in.int64(), alternatives(in));
      case PAGE_REQUEST -> new Message.PageRequest(in.int64());
      case PAGE -> new Message.Page(in.int64());
    };
  }

  private static long version(ByteSource in) throws MalformedPacketException {
    return in.varint(Limits.MAX_STATE_VERSION);
  }

  private static Update.Alive alive(ByteSource in) throws MalformedPacketException {
    String id = in.text(NodeId.MAX_BYTES);
    if (!NodeId.isValid(id)) {
      throw malformed("an id that is none");
    }
    long generation = in.varint(Limits.MAX_GENERATION);
    int incarnation = in.incarnation();
    InetSocketAddress address = in.address();
    String zone = in.text(Member.MAX_ZONE_BYTES);
    int min = in.int8();
    int max = in.int8();
    if (!ProtocolRange.isValid(min, max)) {
      throw malformed("a range of versions that is none");
    }
    long stateVersion = version(in);
    OwnerKey owner = null;
    Signature signature = null;
    if (isSigned(in)) {
      boolean lasting = (in.int8() & 1) != 0;
      owner = new OwnerKey(in.bytes(OwnerKey.BYTES), lasting);
      signature = new Signature(in.bytes(Signature.BYTES));
    }
    return new Update.Alive(
        new NodeId(id),
        generation,
        incarnation,
        address,
        zone,
        new ProtocolRange(min, max),
        stateVersion,
        owner,
        signature);
  }

  private static boolean isSigned(ByteSource in) {
    return in.follows(MessageWriter.SIGNED);
  }

  private static @Nullable Signature signature(ByteSource in) throws MalformedPacketException {
    return isSigned(in) ? new Signature(in.bytes(Signature.BYTES)) : null;
  }

  private static List<Update.Charge> charges(ByteSource in) throws MalformedPacketException {
    int count = in.count(Limits.CHARGES, LEAST_CHARGE);
    List<Update.Charge> charges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long accuser = in.int64();
      Evidence evidence = EvidenceCode.evidence(in.int8());
      if (evidence == null) {
        throw malformed("evidence of an unknown kind");
      }
      charges.add(new Update.Charge(accuser, evidence));
    }
    if (isSigned(in)) {
      int signed = in.int8();
      for (int i = 0; i < count; i++) {
        if ((signed & 1 << i) != 0) {
          Update.Charge charge = charges.get(i);
          Signature signature = new Signature(in.bytes(Signature.BYTES));
          charges.set(i, new Update.Charge(charge.accuser(), charge.evidence(), signature));
        }
      }
    }
    return Collections.unmodifiableList(charges);
  }

  private static List<Update.Entry> entries(ByteSource in) throws MalformedPacketException {
    int count = in.count(Limits.STATE_KEYS, LEAST_ENTRY);
    List<Update.Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(
          new Update.Entry(
              in.text(Limits.KEY_BYTES), version(in), in.textOrNull(Limits.VALUE_BYTES)));
    }
    return Collections.unmodifiableList(entries);
  }

  private static List<Long> sums(ByteSource in) throws MalformedPacketException {
    int count = in.count(1 << 16, Long.BYTES);
    List<Long> sums = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sums.add(in.int64());
    }
    return Collections.unmodifiableList(sums);
  }

  private static List<Message.DigestEntry> digestEntries(ByteSource in)
      throws MalformedPacketException {
    int count = in.count(Integer.MAX_VALUE, LEAST_DIGEST_ENTRY);
    List<Message.DigestEntry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long handle = in.int64();
      int incarnation = in.incarnation();
      // One is added on the wire, so that 0 can say that not even the member is known.
      long stateVersion = in.varint(Limits.MAX_STATE_VERSION + 1) - 1;
      entries.add(new Message.DigestEntry(handle, incarnation, stateVersion));
    }
    return Collections.unmodifiableList(entries);
  }

  private static List<InetSocketAddress> alternatives(ByteSource in)
      throws MalformedPacketException {
    int count = in.count(Limits.ALTERNATIVES, LEAST_ADDRESS);
    List<InetSocketAddress> alternatives = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      alternatives.add(in.address());
    }
    return Collections.unmodifiableList(alternatives);
  }
}

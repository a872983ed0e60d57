package io.gossip.wire;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of all messages, field by field as docs/PROTOCOL.md lists them. */
final class MessageWriter {

  /** Reserved at the end of a Ping: its answers may be longer by this, and must not be larger. */
  static final int PING_RESERVED = 4;

  /** Reserved at the end of a PingReq, for the same reason. */
  static final int PING_REQ_RESERVED = 9;

  /** Begins what is signed at the end of an update; without it nothing is. */
  static final int SIGNED = 0x45;

  /** Begins the number of members that a state has come through. */
  static final int HOPS = 0x48;

  private MessageWriter() {}

  static void write(Message message, ByteSink to) {
    switch (MessageType.of(message)) {
      case PING -> {
        Message.Ping ping = (Message.Ping) message;
        question(ping.nonce(), ping.target(), PING_RESERVED, to);
      }
      case ACK -> {
        Message.Ack ack = (Message.Ack) message;
        to.int64(ack.nonce());
        to.varint(ack.held());
      }
      case WRONG_TARGET -> {
        Message.WrongTarget wrong = (Message.WrongTarget) message;
        to.int64(wrong.nonce());
        to.int64(wrong.target());
      }
      case PING_REQ -> {
        Message.PingReq request = (Message.PingReq) message;
        question(request.nonce(), request.target(), PING_REQ_RESERVED, to);
      }
      case RELAYED_ACK -> {
        Message.RelayedAck ack = (Message.RelayedAck) message;
        to.int64(ack.nonce());
        to.int64(ack.target());
        to.incarnation(ack.incarnation());
      }
      case NACK -> {
        Message.Nack nack = (Message.Nack) message;
        to.int64(nack.nonce());
        to.int64(nack.target());
      }
      case WATCH -> {
        Message.Watch watch = (Message.Watch) message;
        to.int64(watch.nonce());
        to.int64(watch.target());
      }
      case ALIVE -> alive((Update.Alive) message, to);
      case SUSPECT -> {
        Update.Suspect suspect = (Update.Suspect) message;
        accusation(suspect.handle(), suspect.incarnation(), suspect.charges(), to);
      }
      case DEAD -> {
        Update.Dead dead = (Update.Dead) message;
        accusation(dead.handle(), dead.incarnation(), dead.charges(), to);
      }
      case LEFT -> {
        Update.Left left = (Update.Left) message;
        to.int64(left.handle());
        to.incarnation(left.incarnation());
        signature(left.signature(), to);
      }
      case STATE -> state((Update.State) message, to);
      case REFUTED -> {
        Update.Refuted refuted = (Update.Refuted) message;
        to.int64(refuted.handle());
        to.incarnation(refuted.incarnation());
        signature(refuted.signature(), to);
      }
      case BUCKET_HASHES -> bucketHashes((Message.BucketHashes) message, to);
      case DIGEST -> {
        Message.Digest digest = (Message.Digest) message;
        to.int64(digest.from());
        to.int64(digest.to());
        entries(digest.entries(), to);
      }
      case FETCH -> entries(((Message.Fetch) message).entries(), to);
      case OFFER -> entries(((Message.Offer) message).entries(), to);
      case JOIN -> to.int64(((Message.Join) message).nonce());
      case JOIN_ACCEPTED -> {
        Message.JoinAccepted accepted = (Message.JoinAccepted) message;
        to.int64(accepted.nonce());
        to.varint(accepted.members());
      }
      case JOIN_REFUSED -> {
        Message.JoinRefused refused = (Message.JoinRefused) message;
        to.int64(refused.nonce());
        to.int8(refused.reason().code());
        to.varint(refused.generation());
        to.text(refused.detail());
      }
      case BUSY -> busy((Message.Busy) message, to);
      case PAGE_REQUEST -> to.int64(((Message.PageRequest) message).after());
      case PAGE -> to.int64(((Message.Page) message).last());
    }
  }

  private static void question(long nonce, long target, int reserved, ByteSink to) {
    to.int64(nonce);
    to.int64(target);
    to.zeros(reserved);
  }

  private static void alive(Update.Alive alive, ByteSink to) {
    to.text(alive.id().value());
    to.varint(alive.generation());
    to.incarnation(alive.incarnation());
    to.address(alive.address());
    to.text(alive.zone());
    to.int8(alive.protocol().min());
    to.int8(alive.protocol().max());
    to.varint(alive.stateVersion());
    OwnerKey owner = alive.owner();
    Signature signature = alive.signature();
    if (owner != null && signature != null) {
      to.int8(SIGNED);
      owner.write(to);
      signature.write(to);
    }
  }

  private static void signature(@Nullable Signature signature, ByteSink to) {
    if (signature != null) {
      to.int8(SIGNED);
      signature.write(to);
    }
  }

  private static void accusation(
      long handle, int incarnation, List<Update.Charge> charges, ByteSink to) {
    to.int64(handle);
    to.incarnation(incarnation);
    to.varint(charges.size());
    for (int i = 0; i < charges.size(); i++) {
      to.int64(charges.get(i).accuser());
      to.int8(EvidenceCode.of(charges.get(i).evidence()));
    }
    int signed = 0;
    for (int i = 0; i < charges.size(); i++) {
      signed |= charges.get(i).signature() == null ? 0 : 1 << i;
    }
    if (signed != 0) {
      to.int8(SIGNED);
      to.int8(signed);
      for (int i = 0; i < charges.size(); i++) {
        Signature signature = charges.get(i).signature();
        if (signature != null) {
          signature.write(to);
        }
      }
    }
  }

  private static void state(Update.State state, ByteSink to) {
    to.int64(state.handle());
    to.varint(state.from());
    to.varint(state.to());
    to.varint(state.target());
    to.varint(state.purged());
    to.varint(state.entries().size());
    for (int i = 0; i < state.entries().size(); i++) {
      entry(state.entries().get(i), to);
    }
    signature(state.signature(), to);
    if (state.hops() != 0) {
      to.int8(HOPS);
      to.int8(state.hops());
    }
  }

  static void entry(Update.Entry entry, ByteSink to) {
    to.text(entry.key());
    to.varint(entry.version());
    to.textOrNull(entry.value());
  }

  private static void bucketHashes(Message.BucketHashes hashes, ByteSink to) {
    to.int8(hashes.bits());
    to.varint(hashes.first());
    to.varint(hashes.sums().size());
    for (int i = 0; i < hashes.sums().size(); i++) {
      to.int64(hashes.sums().get(i));
    }
  }

  private static void entries(List<Message.DigestEntry> entries, ByteSink to) {
    to.varint(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      entry(entries.get(i), to);
    }
  }

  static void entry(Message.DigestEntry entry, ByteSink to) {
    to.int64(entry.handle());
    to.incarnation(entry.incarnation());
    to.varint(entry.stateVersion() + 1);
  }

  private static void busy(Message.Busy busy, ByteSink to) {
    to.int64(busy.nonce());
    List<InetSocketAddress> alternatives = busy.alternatives();
    to.varint(alternatives.size());
    for (int i = 0; i < alternatives.size(); i++) {
      to.address(alternatives.get(i));
    }
  }
}

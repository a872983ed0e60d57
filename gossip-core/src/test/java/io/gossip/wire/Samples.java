package io.gossip.wire;

import io.gossip.membership.Evidence;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of each type, as the golden vectors of docs/PROTOCOL.md have them, and more. */
final class Samples {

  static final long CLUSTER = Header.clusterHash("default");
  static final long NONCE = 0x0102030405060708L;
  static final long ALICE = 0xA11CE00000000001L;
  static final long BOB = 0x0B0B000000000002L;

  /** Early on: incarnation 0, no flags. */
  static final Header HEADER = new Header(1, 0, CLUSTER, ALICE, 0, 0x1122334455667788L);

  /** Large in every field. */
  static final Header LARGEST_HEADER = new Header(255, 255, CLUSTER, -1, -1, -1);

  static final InetSocketAddress IPV4 = address("192.0.2.7", 7946);
  static final InetSocketAddress IPV6 = address("2001:db8::7", 65_535);

  static final Update.Alive ALIVE =
      new Update.Alive(
          new NodeId("shop-k3v9x2aq"),
          1_790_000_000_000L,
          3,
          IPV4,
          "eu-1a",
          new ProtocolRange(1, 2),
          300);

  private Samples() {}

  /** One of each type, in the order of the types. */
  static List<Message> oneOfEach() {
    return List.of(
        new Message.Ping(NONCE, BOB),
        new Message.Ack(NONCE, 5),
        new Message.WrongTarget(NONCE, BOB),
        new Message.PingReq(NONCE, BOB),
        new Message.RelayedAck(NONCE, BOB, 200),
        new Message.Nack(NONCE, BOB),
        new Message.Watch(NONCE, BOB),
        ALIVE,
        new Update.Suspect(
            BOB,
            3,
            List.of(
                new Update.Charge(ALICE, Evidence.SILENT),
                new Update.Charge(7, Evidence.UNRESPONSIVE))),
        new Update.Dead(BOB, 3, List.of(new Update.Charge(ALICE, Evidence.REFUSED))),
        new Update.Left(BOB, 4),
        new Update.State(
            BOB,
            2,
            6,
            0,
            1,
            List.of(
                new Update.Entry("port", 3, "8080"),
                new Update.Entry("canary", 5, null),
                new Update.Entry("label", 6, "größe €"))),
        new Update.Refuted(BOB, 5),
        new Message.BucketHashes(4, 14, List.of(1L, -1L)),
        new Message.Digest(
            0,
            -1,
            List.of(new Message.DigestEntry(BOB, 4, 0), new Message.DigestEntry(ALICE, -1, 300))),
        new Message.Fetch(
            List.of(new Message.DigestEntry(BOB, 4, 2), new Message.DigestEntry(ALICE, 0, -1))),
        new Message.Offer(
            List.of(new Message.DigestEntry(ALICE, 5, 0), new Message.DigestEntry(BOB, 200, 7))),
        new Message.Join(NONCE),
        new Message.JoinAccepted(NONCE, 64),
        new Message.JoinRefused(
            NONCE, RefusalReason.UNREACHABLE, 0, "no answer from 192.0.2.7:7946"),
        new Message.Busy(NONCE, List.of(IPV4, IPV6)),
        new Message.PageRequest(BOB),
        new Message.Page(ALICE));
  }

  static final OwnerKey OWNER = new OwnerKey(ascending(OwnerKey.BYTES), true);
  static final Signature SIGNATURE = new Signature(ascending(Signature.BYTES));

  /** Those that can be signed, signed. */
  static Map<String, Update> signed() {
    Map<String, Update> signed = new LinkedHashMap<>();
    signed.put(
        "SIGNED_ALIVE",
        new Update.Alive(
            ALIVE.id(),
            ALIVE.generation(),
            ALIVE.incarnation(),
            ALIVE.address(),
            ALIVE.zone(),
            ALIVE.protocol(),
            ALIVE.stateVersion(),
            OWNER,
            SIGNATURE));
    signed.put(
        "SIGNED_SUSPECT",
        new Update.Suspect(
            BOB,
            3,
            List.of(
                new Update.Charge(ALICE, Evidence.SILENT),
                new Update.Charge(7, Evidence.UNRESPONSIVE, SIGNATURE))));
    signed.put("SIGNED_LEFT", new Update.Left(BOB, 4, SIGNATURE));
    signed.put(
        "SIGNED_STATE",
        new Update.State(BOB, 2, 3, 0, 1, List.of(new Update.Entry("port", 3, "8080")), SIGNATURE));
    signed.put(
        "STATE_AFTER_HOPS",
        new Update.State(BOB, 2, 3, 0, 1, List.of(new Update.Entry("port", 3, "8080"))).after(2));
    signed.put("SIGNED_REFUTED", new Update.Refuted(BOB, 5, SIGNATURE));
    return signed;
  }

  private static byte[] ascending(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  static InetSocketAddress address(String literal, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(literal), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(literal, e);
    }
  }
}

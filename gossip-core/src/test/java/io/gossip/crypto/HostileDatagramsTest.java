package io.gossip.crypto;

import static io.gossip.crypto.Party.SMALL;
import static io.gossip.crypto.Party.copy;
import static io.gossip.crypto.Party.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.crypto.Opened.Outcome;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Datagrams that nobody who has the key and follows the protocol would send, and too many. */
class HostileDatagramsTest {

  private final Party ann = Party.on(1);
  private final Party bob = Party.on(2);

  @Test
  void everyFlippedBitIsFoundInEveryKindOfPacket() {
    byte[] first = ann.seal("hi", bob, 0);
    byte[] hello = copy(bob.open(first, ann, 0).bytes());
    byte[] bound = copy(ann.open(hello, bob, 0).bytes());
    Party carol = Party.on(3);

    for (byte[] packet : List.of(first, bound)) {
      assertEveryFlipIsRejected(packet, bob);
      assertEveryFlipIsRejected(packet, carol);
    }
    assertEveryFlipIsRejected(hello, ann);
    assertThat(said(bob.open(bound, ann, 0))).isEqualTo("hi");
  }

  @Test
  void everyTruncationIsFound() {
    byte[] first = ann.seal("hi", bob, 0);
    ann.finish(first, bob, 0);
    byte[] bound = ann.seal("hello", bob, 0);
    byte[] hello = copy(bob.open(Party.on(3).seal("", bob, 0), ann, 0).bytes());

    for (byte[] packet : List.of(first, bound, hello)) {
      for (int length = 0; length < packet.length; length++) {
        byte[] cut = Arrays.copyOf(packet, length);
        assertThat(bob.open(cut, ann, 0).outcome()).as("%d", length).isEqualTo(Outcome.REJECTED);
        assertThat(ann.open(cut, bob, 0).outcome()).as("%d", length).isEqualTo(Outcome.REJECTED);
      }
    }
    assertThat(said(bob.open(bound, ann, 0))).isEqualTo("hello");
  }

  @Test
  void longerPacketIsFound() {
    ann.tell("hi", bob, 0);
    byte[] packet = ann.seal("hi", bob, 0);

    assertThat(said(bob.open(Arrays.copyOf(packet, packet.length + 1), ann, 0))).isEqualTo("TAG");
    assertThat(said(bob.open(Arrays.copyOf(packet, 70_000), ann, 0))).isEqualTo("MALFORMED");
  }

  @Test
  @DisplayName("T-H 108: a packet of another cluster is found, though the key is the same")
  void packetOfAnotherClusterIsFound() {
    PacketCipher other =
        new PacketCipher(
            Keyring.of(Party.KEY), "payments", new SplittableRandom(3), PacketLimits.DEFAULT);

    assertThat(said(bob.open(new Party(3, other).seal("hi", bob, 0), ann, 0))).isEqualTo("TAG");
    assertThat(bob.cipher.stats().greeted()).isZero();
  }

  @Test
  void packetUnderAnUnknownKeyIsDroppedAndTheKeyNamed() {
    Party stranger = Party.with(Keyring.of(Party.OTHER_KEY), 3);

    Opened opened = bob.open(stranger.seal("hi", bob, 0), stranger, 0);

    assertThat(opened.rejection()).isEqualTo(Rejection.KEY);
    assertThat(opened.keyId()).isEqualTo(Party.OTHER_KEY.id());
    assertThat(opened).hasToString("REJECTED for KEY " + Party.OTHER_KEY.idText());
  }

  @Test
  void packetUnderAKeyThatOnlyClaimsToBeInTheRingIsFound() {
    Party stranger = Party.with(Keyring.of(Party.OTHER_KEY), 3);
    byte[] packet = stranger.seal("hi", bob, 0);
    ByteBuffer.wrap(packet).putInt(Layout.KEY_AT, Party.KEY.id());

    assertThat(said(bob.open(packet, stranger, 0))).isEqualTo("TAG");
  }

  @Test
  void knownSessionUnderAnotherKeyOfTheRingIsFound() {
    Keyring both = Keyring.of(Party.KEY, Party.OTHER_KEY);
    bob.cipher.keyring(both, 0);
    ann.tell("hi", bob, 0);
    byte[] packet = ann.seal("hi", bob, 0);
    ByteBuffer.wrap(packet).putInt(Layout.KEY_AT, Party.OTHER_KEY.id());

    assertThat(said(bob.open(packet, ann, 0))).isEqualTo("TAG");
  }

  @Test
  void headersAgainstTheRulesAreMalformedEvenWhenGenuine() {
    Sealer sealer =
        new Sealer(
            new RingKeys(Keyring.of(Party.KEY), Party.CLUSTER), new SplittableRandom(3), 1 << 20);
    ByteBuffer empty = ByteBuffer.allocate(0);

    for (ByteBuffer packet :
        List.of(
            copied(sealer.seal(Layout.FIRST, 1, empty, 0)),
            copied(sealer.seal(Layout.BOUND, 0, empty, 0)),
            copied(sealer.seal(Layout.HELLO, 0, empty, 0)),
            copied(sealer.seal(Layout.HELLO, 1, ByteBuffer.allocate(1), 0)),
            copied(sealer.seal((byte) 0, 1, empty, 0)),
            copied(sealer.seal((byte) 4, 1, empty, 0)))) {
      assertThat(bob.cipher.open(packet, ann.address, 0).rejection())
          .isEqualTo(Rejection.MALFORMED);
    }
  }

  @Test
  void noiseIsRejectedAndNeverAnythingWorse() {
    ann.tell("hi", bob, 0);
    SplittableRandom random = new SplittableRandom(11);
    byte[] genuine = ann.seal("hello, this is a message", bob, 0);
    for (int i = 0; i < 100_000; i++) {
      byte[] noise = new byte[random.nextInt(0, 120)];
      random.nextBytes(noise);
      // As far as that much of a header, it is a packet that bob has a use for.
      int believable = random.nextInt(0, 33);
      System.arraycopy(genuine, 0, noise, 0, Math.min(believable, noise.length));
      assertThat(bob.open(noise, ann, i).outcome()).isEqualTo(Outcome.REJECTED);
    }
    PacketStats stats = bob.cipher.stats();
    assertThat(stats.delivered()).isEqualTo(1);
    assertThat(stats.senders()).isEqualTo(1);
    assertThat(stats.greeted()).isZero();
    assertThat(stats.rejected(Rejection.TAG)).isPositive();
    assertThat(said(bob.open(genuine, ann, 0))).isEqualTo("hello, this is a message");
  }

  @Test
  void manyGenuineFirstsFillNoTableButTheirOwn() {
    Party small = Party.on(2, new SplittableRandom(2), SMALL);
    ann.tell("hi", small, 0);
    for (int port = 1_000; port < 2_000; port++) {
      Party asking = Party.on(port);
      assertThat(said(small.open(asking.seal("hi", small, 0), asking, 0))).isEqualTo("ANSWER");
    }

    PacketStats stats = small.cipher.stats();
    assertThat(stats.greeted()).isEqualTo(SMALL.greeted());
    assertThat(stats.senders()).isEqualTo(1);
    assertThat(stats.addresses()).isEqualTo(1);
    assertThat(stats.sendersEvicted()).isZero();
    assertThat(small.tell("still", ann, 0)).isEqualTo("still");
    assertThat(ann.tell("there", small, 0)).isEqualTo("there");
  }

  @Test
  void tablesKeepToTheirBoundsHoweverManyMembersThereAre() {
    Party small = Party.on(2, new SplittableRandom(2), SMALL);
    for (int port = 1_000; port < 1_200; port++) {
      Party member = Party.on(port);
      assertThat(member.tell("hi", small, 0)).isEqualTo("hi");
      assertThat(small.tell("hello", member, 0)).isEqualTo("hello");
      small.seal("nobody is there", Party.on(port + 10_000), 0);
    }

    PacketStats stats = small.cipher.stats();
    assertThat(stats.senders()).isEqualTo(SMALL.senders());
    assertThat(stats.addresses()).isEqualTo(SMALL.addresses());
    assertThat(stats.sendersEvicted()).isEqualTo(200 - SMALL.senders());
    assertThat(stats.addressesEvicted()).isEqualTo(200 - SMALL.addresses());
    assertThat(stats.keptEvicted()).isEqualTo(200 - SMALL.kept());
  }

  @Test
  void memberThatLostItsCipherToOthersIsReadAsBefore() {
    Party small = Party.on(2, new SplittableRandom(2), SMALL);
    Party[] members = new Party[2 * SMALL.ciphers()];
    for (int i = 0; i < members.length; i++) {
      members[i] = Party.on(10 + i);
    }
    for (int round = 0; round < 5; round++) {
      for (Party member : members) {
        assertThat(member.tell("round " + round, small, 0)).isEqualTo("round " + round);
        byte[] forged = member.seal("forged", small, 0);
        forged[forged.length - 1] ^= 1;
        assertThat(said(small.open(forged, member, 0))).isEqualTo("TAG");
      }
    }
  }

  private void assertEveryFlipIsRejected(byte[] packet, Party receiver) {
    for (int bit = 0; bit < packet.length * 8; bit++) {
      byte[] flipped = packet.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(receiver.open(flipped, ann, 0).outcome())
          .as("bit %d", bit)
          .isEqualTo(Outcome.REJECTED);
    }
  }

  private static ByteBuffer copied(ByteBuffer packet) {
    return ByteBuffer.wrap(copy(packet));
  }
}

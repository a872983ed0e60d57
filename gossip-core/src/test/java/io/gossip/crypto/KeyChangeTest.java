package io.gossip.crypto;

import static io.gossip.crypto.Party.KEY;
import static io.gossip.crypto.Party.OTHER_KEY;
import static io.gossip.crypto.Party.copy;
import static io.gossip.crypto.Party.kind;
import static io.gossip.crypto.Party.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The ring changes while packets are on their way. */
class KeyChangeTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Keyring OLD = Keyring.of(KEY);
  private static final Keyring ADDED = Keyring.of(KEY, OTHER_KEY);
  private static final Keyring PROMOTED = Keyring.of(OTHER_KEY, KEY);
  private static final Keyring NEW = Keyring.of(OTHER_KEY);

  private final Party ann = Party.with(OLD, 1);
  private final Party bob = Party.with(OLD, 2);

  @Test
  void allStepsInAnyOrderOfTwoMembersLoseNothing() {
    Keyring[] steps = {OLD, ADDED, PROMOTED, NEW};
    ann.tell("hi", bob, 0);
    bob.tell("hi", ann, 0);
    for (int step = 1; step < steps.length; step++) {
      Party leading = step % 2 == 0 ? ann : bob;
      Party following = step % 2 == 0 ? bob : ann;
      assertNothingIsLostWhenTheRingChanges(leading, following, steps[step]);
      assertNothingIsLostWhenTheRingChanges(following, leading, steps[step]);
    }
    assertThat(ann.cipher.stats().ownSessions()).isEqualTo(2);
    assertThat(ann.cipher.keyring()).isEqualTo(NEW);
  }

  private static void assertNothingIsLostWhenTheRingChanges(
      Party changing, Party other, Keyring ring) {
    byte[] there = changing.seal("there", other, 0);
    byte[] back = other.seal("back", changing, 0);

    changing.cipher.keyring(ring, 0);

    assertThat(changing.finish(there, other, 0)).isEqualTo("there");
    assertThat(other.finish(back, changing, 0)).isEqualTo("back");
    assertThat(changing.tell("and there", other, 0)).isEqualTo("and there");
    assertThat(other.tell("and back", changing, 0)).isEqualTo("and back");
  }

  @Test
  @DisplayName("T-H 107: a promoted key is used at once, and the former one is only read")
  void promotedKeyIsUsedAtOnceInANewSession() {
    ann.tell("hi", bob, 0);
    ByteBuffer before = ByteBuffer.wrap(ann.seal("x", bob, 0));

    ann.cipher.keyring(PROMOTED, 0);

    ByteBuffer after = ByteBuffer.wrap(ann.seal("x", bob, 0));
    assertThat(after.getInt(Layout.KEY_AT)).isEqualTo(OTHER_KEY.id());
    assertThat(after.getLong(Layout.SESSION_AT)).isNotEqualTo(before.getLong(Layout.SESSION_AT));
    assertThat(after.getInt(Layout.COUNTER_AT)).isEqualTo(1);
  }

  @Test
  void addedAndRemovedKeysLeaveTheSessionAlone() {
    ann.cipher.keyring(ADDED, 0);
    ann.cipher.keyring(OLD, 0);

    assertThat(ann.cipher.stats().ownSessions()).isEqualTo(1);
  }

  @Test
  void removedKeyIsRefusedFromTheNextPacketOn() {
    ann.tell("hi", bob, 0);
    byte[] bound = ann.seal("x", bob, 0);
    byte[] first = Party.with(OLD, 3).seal("x", bob, 0);
    bob.cipher.keyring(PROMOTED, 0);
    bob.cipher.keyring(NEW, 0);

    assertThat(said(bob.open(bound, ann, 0))).isEqualTo("KEY");
    assertThat(said(bob.open(first, ann, 0))).isEqualTo("KEY");
    assertThat(bob.cipher.stats().senders()).isZero();
    assertThat(bob.cipher.stats().addresses()).isZero();
    assertThat(bob.cipher.stats().delivered()).isEqualTo(1);
  }

  @Test
  void keyThatComesBackBringsNoOldPacketsWithIt() {
    bob.cipher.keyring(PROMOTED, 0);
    ann.cipher.keyring(ADDED, 0);
    ann.tell("hi", bob, 0);
    byte[] recorded = ann.seal("x", bob, 0);
    assertThat(said(bob.open(recorded, ann, 0))).isEqualTo("x");

    bob.cipher.keyring(NEW, 0);
    bob.cipher.keyring(PROMOTED, 0);

    assertThat(said(bob.open(recorded, ann, 0))).isEqualTo("ANSWER");
    assertThat(said(bob.open(recorded, ann, 0))).isEqualTo("REPLAY");
  }

  @Test
  void earlierSessionIsWelcomeForTenSeconds() {
    ann.cipher.keyring(ADDED, 0);
    bob.cipher.keyring(ADDED, 0);
    ann.tell("hi", bob, 0);
    byte[] early = ann.seal("early", bob, 0);
    byte[] late = ann.seal("late", bob, 0);

    bob.cipher.keyring(PROMOTED, SECOND);

    assertThat(said(bob.open(early, ann, 11 * SECOND - 1))).isEqualTo("early");
    assertThat(said(bob.open(late, ann, 11 * SECOND))).isEqualTo("ANSWER");
  }

  @Test
  void helloForTheEarlierSessionIsStillHeard() {
    ann.cipher.keyring(ADDED, 0);
    bob.cipher.keyring(ADDED, 0);
    byte[] hello = copy(bob.open(ann.seal("hi", bob, 0), ann, 0).bytes());
    ann.cipher.keyring(PROMOTED, 0);

    byte[] again = copy(ann.open(hello, bob, 0).bytes());

    assertThat(kind(again)).isEqualTo(Layout.BOUND);
    assertThat(said(bob.open(again, ann, 0))).isEqualTo("hi");
  }

  @Test
  void silentMembersFindEachOtherAgainAfterAKeyChangeAndLoseNothing() {
    ann.cipher.keyring(ADDED, 0);
    bob.cipher.keyring(ADDED, 0);
    ann.tell("hi", bob, 0);
    bob.tell("hi", ann, 0);
    bob.cipher.keyring(PROMOTED, SECOND);
    ann.cipher.keyring(PROMOTED, SECOND);

    assertThat(ann.tell("an hour later", bob, 3_600 * SECOND)).isEqualTo("an hour later");
    assertThat(bob.tell("indeed", ann, 3_600 * SECOND)).isEqualTo("indeed");
  }

  @Test
  void memberThatMissedTheChangeIsNotUnderstoodAndDoesNotUnderstand() {
    Party late = Party.with(OLD, 3);
    bob.cipher.keyring(PROMOTED, 0);
    bob.cipher.keyring(NEW, 0);

    assertThat(late.tell("hi", bob, 0)).isEqualTo("KEY");
    assertThat(bob.tell("hi", late, 0)).isEqualTo("KEY");
  }
}

package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.SimSigner;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.Limits;
import io.gossip.wire.Message.Fetch;
import io.gossip.wire.Signature;
import io.gossip.wire.Statement;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A signed state that is told in parts can be checked only when it is whole; nobody spoils it by
 * parts that do not belong to it.
 */
class PartsOfStateTest {

  private final Stage stage = new Stage(SwimConfig.lan(), List.of(), SimSigner.of("self"));
  private final Actor owner = stage.member("owner", SimSigner.of("owner"));
  private final Actor teller = stage.member("teller", SimSigner.of("teller"));
  private final Actor insider = stage.member("insider", SimSigner.of("insider"));
  private final List<Update.Entry> entries = new ArrayList<>();

  PartsOfStateTest() {
    for (int version = 1; version <= 3; version++) {
      entries.add(new Update.Entry("key" + version, version, "x".repeat(900)));
    }
  }

  private Update.State part(int from) {
    boolean last = from == 2;
    byte[] whole = Statement.state(Stage.HASH, owner.handle(), 3, entries);
    Signature signature = last ? owner.sign(whole) : null;
    return new Update.State(
        owner.handle(), from, from + 1, 3, 0, entries.subList(from, from + 1), signature);
  }

  private Update.State forged(long from, long target) {
    List<Update.Entry> other = List.of(new Update.Entry("other", from + 1, "y"));
    return new Update.State(owner.handle(), from, from + 1, target, 0, other);
  }

  private void tellsAll() {
    teller.says(part(0));
    teller.says(part(1));
    teller.says(part(2));
  }

  private void assertKnown() {
    assertThat(owner.record().stateVersion()).isEqualTo(3);
    assertThat(owner.record().state()).containsOnlyKeys("key1", "key2", "key3");
  }

  @Test
  void partsOfOthersDoNotMixWithThoseOfWhoTellsTheTruth() {
    teller.says(part(0));
    insider.says(forged(0, 3), forged(1, 3));
    teller.says(part(1));
    insider.says(forged(0, Limits.MAX_STATE_VERSION));
    teller.says(part(2));

    assertKnown();
    assertThat(stage.swim.stats().dropped(Drop.FORGED)).isZero();
  }

  @Test
  void forgedPartInTheTellersNameSpoilsOneTellingOnly() {
    teller.says(part(0));
    teller.says(forged(1, 3)); // as it seems
    teller.says(part(1));
    teller.says(part(2));
    assertThat(owner.record().stateVersion()).isZero();
    assertThat(stage.swim.stats().dropped(Drop.FORGED)).isEqualTo(1);

    tellsAll();
    assertKnown();
  }

  @Test
  void forgedBeginningInTheTellersNameHasItToldAgain() {
    teller.says(part(0));
    teller.says(forged(0, Limits.MAX_STATE_VERSION)); // as it seems
    stage.effects();
    teller.says(part(1));
    assertThat(stage.sent(Fetch.class, teller)).isNotEmpty();

    tellsAll();
    assertKnown();
  }

  @Test
  void whatWasForgedBeforeATellingDoesNotSpoilIt() {
    teller.says(forged(0, 3)); // as it seems
    tellsAll();

    assertKnown();
    assertThat(stage.swim.stats().dropped(Drop.FORGED)).isZero();
  }

  @Test
  void partThatWasLostIsMadeUpForByTheNextTelling() {
    teller.says(part(0));
    teller.says(part(0));
    teller.says(part(1));
    teller.says(part(0));
    teller.says(part(2));

    assertKnown();
  }

  @Test
  void partsOfAFewSourcesAreKept() {
    VersionedState state = VersionedState.NONE;
    for (int i = 0; i < 100; i++) {
      Source.Key from = Source.claimed(Simulation.address(i));
      state = state.with(part(0), from).state();
    }
    assertThat(state.resets()).hasSize(VersionedState.MOST_RESETS);
  }
}

package io.gossip.sim;

import static io.gossip.membership.MemberStatus.ALIVE;
import static io.gossip.membership.MemberStatus.DEAD;
import static io.gossip.membership.MemberStatus.LEFT;
import static io.gossip.membership.MemberStatus.SUSPECT;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Forgotten;
import io.gossip.membership.MembershipEvent.Joined;
import io.gossip.membership.MembershipEvent.Left;
import io.gossip.membership.MembershipEvent.Recovered;
import io.gossip.membership.MembershipEvent.Restarted;
import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.membership.MembershipEvent.Updated;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats;
import io.gossip.wire.Header;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shows that each thing that must never be is seen when it is. */
class WatchTest {
  private static final String CLUSTER = "default";
  private static final Duration TOMBSTONE = Duration.ofHours(1);
  private static final Member SELF = member("a", 1, 0, ALIVE);
  private static final Member B = member("b", 1, 0, ALIVE);
  private static final List<Accusation> ACCUSED = List.of(new Accusation("c", Evidence.UNANSWERED));

  private final Lives lives = new Lives();
  private final Watch watch =
      new Watch(
          SELF.id(),
          SwimConfig.lan().toBuilder()
              .departedRetention(TOMBSTONE)
              .tombstoneRetention(TOMBSTONE)
              .build(),
          lives,
          new Sightings(),
          true);
  private long version;
  private long now;

  private static Member member(String id, long generation, int incarnation, MemberStatus status) {
    return new Member(
        new NodeId(id),
        generation,
        incarnation,
        status,
        Simulation.address(id.charAt(0) - 'a'),
        "",
        new ProtocolRange(1, 1),
        0,
        Map.of());
  }

  @BeforeEach
  void bothLive() {
    lives.said(CLUSTER, SELF, new SwimStats());
    lives.said(CLUSTER, B, new SwimStats());
  }

  private void looks(Member... others) {
    List<Member> members = new ArrayList<>(List.of(SELF));
    List<Member> departed = new ArrayList<>();
    for (Member other : others) {
      (other.status().isActive() ? members : departed).add(other);
    }
    members.sort(Comparator.comparing(Member::id));
    watch.looked(now, new Membership(++version, 0, SELF, members, departed), Phase.JOINED);
  }

  private void passes(MembershipEvent event) {
    watch.published(event);
    if (event instanceof Forgotten) {
      looks();
    } else {
      looks(event.member());
    }
  }

  private void fails(MembershipEvent event, String rule) {
    assertThatThrownBy(() -> passes(event))
        .isInstanceOf(Violation.class)
        .hasMessageContaining(rule);
  }

  @Test
  void wholeLifeOfAMemberPasses() {
    passes(new Joined(B));
    passes(new Suspected(B.with(SUSPECT), ACCUSED));
    passes(new Recovered(B));
    Member again = member("b", 2, 0, ALIVE);
    lives.said(CLUSTER, again, new SwimStats());
    passes(new Restarted(again, B));
    Member changed = again.withState(1, Map.of("k", "v"));
    lives.said(CLUSTER, changed, new SwimStats());
    passes(new Updated(changed, again));
    passes(new Failed(changed.with(DEAD), ACCUSED, Duration.ZERO));
    Member back = changed.with(ALIVE, 1);
    lives.said(CLUSTER, back, new SwimStats());
    passes(new Joined(back, changed.with(DEAD)));
    passes(new Left(back.with(LEFT)));
    passes(new Forgotten(back.with(LEFT)));
  }

  @Test
  void incarnationThatFallsIsSeen() {
    Member later = B.with(ALIVE, 3);
    lives.said(CLUSTER, later, new SwimStats());
    passes(new Joined(later));
    assertThatThrownBy(() -> looks(B)).hasMessageContaining("S1");
  }

  @Test
  void generationThatFallsIsSeen() {
    Member later = member("b", 5, 0, ALIVE);
    lives.said(CLUSTER, later, new SwimStats());
    passes(new Joined(later));
    fails(new Updated(B, later), "S1");
  }

  @Test
  void incarnationNobodyRaisedIsSeen() {
    fails(new Joined(B.with(ALIVE, 1)), "S2");
  }

  @Test
  void lifeNobodyLivedIsSeen() {
    fails(new Joined(member("c", 1, 0, ALIVE)), "S2");
  }

  @Test
  void stateNobodyWroteIsSeen() {
    fails(new Joined(B.withState(0, Map.of("k", "v"))), "S2");
    lives.said(CLUSTER, B.withState(7, Map.of("k", "v")), new SwimStats());
    fails(new Recovered(B), "S8");
  }

  @Test
  void stateVersionAheadOfItsOwnerIsSeen() {
    fails(new Joined(B.withState(1, Map.of())), "S2");
  }

  @Test
  void valueThatItsOwnerNeverWroteIsSeenInAnOldState() {
    lives.said(CLUSTER, B.withState(7, Map.of("k", "v")), new SwimStats());
    fails(new Joined(B.withState(3, Map.of("k", "other"))), "S2");
  }

  @Test
  void stateThatLacksWhatItsOwnerWroteBeforeIsSeen() {
    Member first = B.withState(1, Map.of("k", "v"));
    lives.said(CLUSTER, first, new SwimStats());
    lives.said(CLUSTER, B.withState(2, Map.of("k", "v", "l", "w")), new SwimStats());
    lives.said(CLUSTER, B.withState(3, Map.of("k", "v", "l", "x")), new SwimStats());
    passes(new Joined(B.withState(2, Map.of("k", "v"))));
    fails(new Updated(B.withState(2, Map.of("l", "w")), B.withState(2, Map.of("k", "v"))), "S2");
  }

  @Test
  void stateOfWhichOnlyAPartIsShownIsSeen() {
    Member whole = B.withState(2, Map.of("k", "v", "l", "w"));
    lives.said(CLUSTER, whole, new SwimStats());
    passes(new Joined(whole));
    lives.said(CLUSTER, B.withState(3, Map.of("k", "v", "l", "w", "m", "x")), new SwimStats());
    lives.said(CLUSTER, B.withState(4, Map.of("k", "v", "m", "x")), new SwimStats());
    lives.said(CLUSTER, B.withState(5, Map.of("k", "y", "m", "x")), new SwimStats());
    Member without = B.withState(4, Map.of("k", "v", "m", "x"));
    passes(new Updated(without, whole)); // it did take out that one
    fails(new Updated(B.withState(4, Map.of("m", "x")), without), "S2");
  }

  @Test
  void stateVersionThatFallsIsSeen() {
    Member changed = B.withState(5, Map.of("k", "v"));
    lives.said(CLUSTER, changed, new SwimStats());
    passes(new Joined(changed));
    Member before = B.withState(4, Map.of());
    fails(new Updated(before, changed), "S1");
  }

  @Test
  void accusationInTheNameOfWhoHasFoundNothingIsSeen() {
    List<Update.Charge> charges =
        List.of(new Update.Charge(B.identity().handle(), Evidence.SILENT));
    assertThatThrownBy(() -> lives.checkCharges(7, 0, charges)).hasMessageContaining("S2");
  }

  @Test
  void deadMemberAliveAgainWithoutItsOwnersWordIsSeen() {
    passes(new Joined(B));
    passes(new Failed(B.with(DEAD), ACCUSED, Duration.ZERO));
    fails(new Joined(B, B.with(DEAD)), "S3");
  }

  @Test
  void forgottenMemberIsNotBackWhileItsTombstoneStands() {
    passes(new Joined(B));
    passes(new Left(B.with(LEFT)));
    passes(new Forgotten(B.with(LEFT)));
    now = TOMBSTONE.toNanos() - 1;
    fails(new Joined(B), "S3");
  }

  @Test
  void forgottenMemberMayComeBackOnceItsTombstoneIsGone() {
    passes(new Joined(B));
    passes(new Left(B.with(LEFT)));
    passes(new Forgotten(B.with(LEFT)));
    now = TOMBSTONE.toNanos();
    passes(new Joined(B));
  }

  @Test
  void leaverThatIsDeclaredDeadIsSeen() {
    passes(new Joined(B));
    passes(new Left(B.with(LEFT)));
    fails(new Failed(B.with(DEAD), ACCUSED, Duration.ZERO), "S5");
    assertThatThrownBy(() -> looks(B.with(DEAD))).hasMessageContaining("S5");
  }

  @Test
  void memberOfAnotherClusterIsSeen() {
    Member stranger = member("c", 1, 0, ALIVE);
    lives.said("other", stranger, new SwimStats());
    fails(new Joined(stranger), "S7");
  }

  @Test
  void processThatRenewsForEverIsSeen() {
    for (int generation = 1; generation <= 6; generation++) {
      looksAsSelf(member("a", generation, 0, ALIVE));
    }
    assertThatThrownBy(() -> looksAsSelf(member("a", 7, 0, ALIVE))).hasMessageContaining("S9");
  }

  private void looksAsSelf(Member self) {
    watch.looked(now, new Membership(++version, 0, self, List.of(self), List.of()), Phase.JOINED);
  }

  @Test
  void processThatDoubtsItselfIsSeen() {
    Member doubted = SELF.with(SUSPECT);
    Membership view = new Membership(1, 0, doubted, List.of(doubted), List.of());
    assertThatThrownBy(() -> watch.looked(0, view, Phase.JOINED)).hasMessageContaining("S6");
    Membership absent = new Membership(2, 0, SELF, List.of(), List.of());
    assertThatThrownBy(() -> watch.looked(0, absent, Phase.JOINED)).hasMessageContaining("S6");
  }

  @Test
  void accusationThatGoesUnansweredIsSeen() {
    Update.Suspect suspect =
        new Update.Suspect(
            SELF.identity().handle(), 4, List.of(new Update.Charge(9, Evidence.SILENT)));
    PacketWriter writer = new PacketWriter(200);
    writer.begin(new Header(1, 0, Header.clusterHash("default"), 9, 0, 0), 200);
    writer.add(suspect);
    ByteBuffer packet = writer.finish();
    watch.hears(packet);
    assertThatThrownBy(() -> watch.heard(SELF, SELF.with(ALIVE, 4), Phase.JOINED))
        .hasMessageContaining("S6");
    watch.heard(SELF, SELF.with(ALIVE, 5), Phase.JOINED);
    watch.heard(SELF, SELF, Phase.LEAVING);
    Member another = member("a", 2, 0, ALIVE);
    watch.heard(another, another, Phase.JOINED);
    watch.heard(SELF.with(ALIVE, 5), SELF.with(ALIVE, 5), Phase.JOINED);
  }

  @Test
  void leavingProcessMayHaveLeftInItsOwnEyes() {
    Member left = SELF.with(LEFT);
    watch.looked(0, new Membership(1, 0, left, List.of(), List.of()), Phase.LEAVING);
  }

  @Test
  void changeWithoutItsEventIsSeen() {
    assertThatThrownBy(() -> looks(B)).hasMessageContaining("S8");
    passes(new Joined(B));
    assertThatThrownBy(() -> looks(B.with(SUSPECT))).hasMessageContaining("S8");
    assertThatThrownBy(this::looks).hasMessageContaining("S8");
  }

  @Test
  void eventsOutOfOrderAreSeen() {
    fails(new Suspected(B.with(SUSPECT), ACCUSED), "S8");
    fails(new Left(B.with(LEFT)), "S8");
    fails(new Forgotten(B.with(DEAD)), "S8");
    fails(new Joined(B, B.with(DEAD)), "S8");
    passes(new Joined(B));
    fails(new Joined(B), "S8");
    fails(new Recovered(B), "S8");
    fails(new Suspected(B.with(SUSPECT), List.of()), "S8");
    fails(new Restarted(B, B), "S8");
    fails(new Updated(B, B.with(SUSPECT)), "S8");
    passes(new Suspected(B.with(SUSPECT), ACCUSED));
    fails(new Suspected(B.with(SUSPECT), ACCUSED), "S8");
  }

  @Test
  void viewOutOfOrderIsSeen() {
    watch.published(new Joined(B));
    Membership view = new Membership(1, 0, SELF, List.of(B, SELF), List.of());
    assertThatThrownBy(() -> watch.looked(0, view, Phase.JOINED)).hasMessageContaining("order");
  }

  @Test
  void viewWhoseVersionDoesNotRiseIsSeen() {
    looks();
    version = 0;
    assertThatThrownBy(this::looks).hasMessageContaining("follows");
  }

  @Test
  void lightWatchSeesWhatItsEventsAreAbout() {
    Watch light = new Watch(SELF.id(), SwimConfig.lan(), lives, new Sightings(), false);
    light.published(new Joined(B));
    light.looked(0, view(1, SELF, B), Phase.JOINED);
    light.published(new Suspected(B.with(SUSPECT), ACCUSED));
    assertThatThrownBy(() -> light.looked(0, view(2, SELF, B), Phase.JOINED))
        .hasMessageContaining("S8");
  }

  @Test
  void lightWatchLooksAtEveryRecordNowAndThen() {
    Watch light = new Watch(SELF.id(), SwimConfig.lan(), lives, new Sightings(), false);
    light.published(new Joined(B));
    light.looked(0, view(1, SELF, B), Phase.JOINED);
    Member raised = B.with(ALIVE, 1);
    light.looked(0, view(2, SELF, raised), Phase.JOINED);
    assertThatThrownBy(() -> light.lookedAtAll(0, view(2, SELF, raised)))
        .hasMessageContaining("S2");
    assertThatThrownBy(() -> light.looked(0, view(200, SELF, raised), Phase.JOINED))
        .hasMessageContaining("S2");
  }

  private static Membership view(long version, Member... members) {
    return new Membership(version, 0, SELF, List.of(members), List.of());
  }

  @Test
  void departedMemberAmongTheActiveIsSeen() {
    passes(new Joined(B));
    watch.published(new Failed(B.with(DEAD), ACCUSED, Duration.ZERO));
    Membership view = new Membership(9, 0, SELF, List.of(SELF, B.with(DEAD)), List.of());
    assertThatThrownBy(() -> watch.looked(0, view, Phase.JOINED)).hasMessageContaining("list");
  }
}

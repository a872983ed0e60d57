package io.gossip.spring.damping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.service.Members;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FlapScoresTest {

  private static final Member SELF = Members.at(Members.member("self", Map.of()), 1);
  private static final Member A = Members.at(Members.serving("a", "stock", 81), 2);
  private static final Membership VIEW = Members.view(SELF);
  private static final Duration HALF_LIFE = Duration.ofMinutes(5);
  private static final Offset<Double> A_LITTLE = within(0.5);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000); // it may run over
  private final FlapScores scores =
      new FlapScores(
          new GossipProperties.FlapDamping(true, HALF_LIFE, 2000, 750, Duration.ofMinutes(20)),
          now::get);

  @Test
  void theThirdFlapWithinMinutesDamps() {
    for (int flaps = 1; flaps <= 3; flaps++) {
      assertThat(isDamped(A)).isFalse();
      flap(A);
      pass(Duration.ofSeconds(40));
    }
    assertThat(isDamped(A)).isTrue();
    assertThat(scores.damped().size()).isEqualTo(1);
  }

  @Test
  void aFlapInEachHalfLifeNeverDamps() {
    for (int flaps = 0; flaps < 50; flaps++) {
      flap(A);
      assertThat(isDamped(A)).isFalse();
      pass(HALF_LIFE);
    }
  }

  @Test
  void theScoreHalvesWithEachHalfLife() {
    flap(A);
    assertThat(score(A)).isCloseTo(1000, A_LITTLE);
    pass(HALF_LIFE);
    assertThat(score(A)).isCloseTo(500, A_LITTLE);
    pass(HALF_LIFE.dividedBy(2));
    assertThat(score(A)).isCloseTo(353.5, A_LITTLE);
    pass(HALF_LIFE.multipliedBy(9));
    assertThat(scores.of(A.id())).isNull();
  }

  @Test
  void aDampedMemberIsForgivenWhenItsScoreHasFallenToReuse() {
    flap(A);
    flap(A);
    flap(A); // 3000 is two half-lives above 750
    FlapScore damped = Objects.requireNonNull(scores.of(A.id()));
    assertThat(damped.dampedFor()).isCloseTo(HALF_LIFE.multipliedBy(2), Duration.ofMillis(1));
    pass(HALF_LIFE.multipliedBy(2).minusSeconds(1));
    assertThat(isDamped(A)).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(isDamped(A)).isFalse();
    assertThat(Objects.requireNonNull(scores.of(A.id())).dampedFor()).isNull();
  }

  @Test
  void whoIsDampedStaysSoWhileItGoesOnEvenBelowSuppress() {
    flap(A);
    flap(A);
    flap(A);
    pass(HALF_LIFE.multipliedBy(2).minusSeconds(1));
    suspectAndRecover(A); // 752 and 250
    pass(Duration.ofSeconds(2));
    assertThat(isDamped(A)).isTrue();
  }

  @Test
  void noMemberIsDampedForLongerThanTheLongestTimeAfterItsLastFlap() {
    for (int i = 0; i < 1000; i++) {
      flap(A);
    }
    pass(Duration.ofMinutes(20).minusSeconds(1));
    assertThat(isDamped(A)).isTrue();
    pass(Duration.ofSeconds(2));
    assertThat(isDamped(A)).isFalse();
  }

  @Test
  void aRestartAfterACrashIsHalfAFlap() {
    fail(A);
    join(Members.restarted(A));
    assertThat(score(A)).isCloseTo(500, A_LITTLE);
    restart(Members.restarted(Members.restarted(A)));
    assertThat(score(A)).isCloseTo(1000, A_LITTLE);
  }

  @Test
  void aRollingDeploymentCountsNothing() {
    Member process = A;
    for (int i = 0; i < 20; i++) {
      Member next = Members.restarted(process);
      send(new MembershipEvent.Left(process.with(MemberStatus.LEFT)));
      join(next);
      process = next;
    }
    assertThat(scores.of(A.id())).isNull();
  }

  @Test
  void leavingDoesNotWhitewash() {
    flap(A);
    send(new MembershipEvent.Left(A.with(MemberStatus.LEFT)));
    join(Members.restarted(A));
    assertThat(score(A)).isCloseTo(1000, A_LITTLE);
  }

  @Test
  void aCrashLoopIsKnownByItsAddressThoughEachProcessHasAnotherName() {
    Member process = A;
    for (int i = 0; i < 5; i++) {
      assertThat(isDamped(process)).isFalse();
      Member next = Members.at(Members.serving("a-" + i, "stock", 81), 2);
      fail(process);
      join(next);
      process = next;
    }
    assertThat(isDamped(process)).isTrue();
    assertThat(isDamped(A)).isFalse();
    join(Members.at(Members.serving("stranger", "stock", 82), 3));
    assertThat(scores.of(new NodeId("stranger"))).isNull();
  }

  @Test
  void aSuspicionThatProvedWrongIsAQuarterOfAFlap() {
    suspectAndRecover(A);
    assertThat(score(A)).isCloseTo(250, A_LITTLE);
    for (int i = 0; i < 8; i++) {
      suspectAndRecover(A);
    }
    assertThat(isDamped(A)).isTrue();
  }

  @Test
  void aMemberThatIsGoneIsNotChargedUntilItComesBack() {
    send(new MembershipEvent.Suspected(Members.suspected(A), List.of()));
    fail(A);
    assertThat(scores.of(A.id())).isNull();
    join(A);
    assertThat(score(A)).isCloseTo(1000, A_LITTLE);
  }

  @Test
  void whenThisNodeWasCutOffTheOthersAreNotCharged() {
    send(new MembershipEvent.Suspected(Members.suspected(A), List.of()));
    send(new MembershipEvent.Isolated(SELF));
    Member b = Members.at(Members.serving("b", "stock", 82), 3);
    fail(b);
    send(new MembershipEvent.Connected(SELF));
    send(new MembershipEvent.Recovered(A));
    join(b);
    assertThat(scores.of(A.id())).isNull();
    assertThat(scores.of(b.id())).isNull();
  }

  @Test
  void whoWasSilentBecauseItsZoneWasCutOffIsNotCharged() {
    send(new MembershipEvent.Suspected(Members.suspected(A), List.of()));
    send(new MembershipEvent.ZoneUnreachable(SELF, "b", List.of(Members.suspected(A))));
    send(new MembershipEvent.Recovered(A));
    send(new MembershipEvent.Suspected(Members.suspected(A), List.of()));
    send(new MembershipEvent.ZoneReachable(SELF, "b", List.of(A)));
    send(new MembershipEvent.Recovered(A));
    assertThat(scores.of(A.id())).isNull();
  }

  @Test
  void afterLostEventsNothingThatWasAbsentIsCharged() {
    flap(A);
    fail(A);
    scores.onResync(VIEW, 7);
    join(A);
    assertThat(score(A)).isCloseTo(1000, A_LITTLE);
  }

  @Test
  void thisNodeIsNeverCharged() {
    for (int i = 0; i < 9; i++) {
      suspectAndRecover(SELF);
    }
    assertThat(scores.of(SELF.id())).isNull();
  }

  @Test
  void whoIsForgottenStartsAnew() {
    flap(A);
    send(new MembershipEvent.Forgotten(A.with(MemberStatus.DEAD)));
    assertThat(scores.of(A.id())).isNull();
  }

  @Test
  void theTableIsBoundedAndKeepsTheLatest() {
    Member first = Members.at(Members.member("first", Map.of()), 10_000);
    flap(first);
    for (int i = 0; i < FlapScores.MAX_ENDPOINTS; i++) {
      flap(Members.at(Members.member("m-" + i, Map.of()), 20_000 + i));
    }
    assertThat(scores.of(first.id())).isNull();
    assertThat(scores.of(new NodeId("m-0"))).isNotNull();
  }

  @Test
  void whoIsDampedIsTheSameObjectUntilItChanges() {
    assertThat(scores.damped()).isSameAs(Damped.NOBODY);
    flap(A);
    flap(A);
    flap(A);
    Damped damped = scores.damped();
    pass(Duration.ofMinutes(1));
    assertThat(scores.damped()).isSameAs(damped);
    pass(HALF_LIFE.multipliedBy(2));
    assertThat(scores.damped()).isSameAs(Damped.NOBODY);
  }

  private void flap(Member member) {
    fail(member);
    join(member);
  }

  private void suspectAndRecover(Member member) {
    send(new MembershipEvent.Suspected(Members.suspected(member), List.of()));
    send(new MembershipEvent.Recovered(member));
  }

  private void fail(Member member) {
    send(
        new MembershipEvent.Failed(
            member.with(MemberStatus.DEAD), List.of(), Duration.ofSeconds(1)));
  }

  private void join(Member member) {
    send(new MembershipEvent.Joined(member));
  }

  private void restart(Member member) {
    send(new MembershipEvent.Restarted(member, member));
  }

  private void send(MembershipEvent event) {
    scores.onEvent(event, VIEW);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private double score(Member member) {
    return Objects.requireNonNull(scores.of(member.id())).score();
  }

  private boolean isDamped(Member member) {
    return scores.damped().contains(member.id());
  }
}

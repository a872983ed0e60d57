package io.gossip.spring.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.GossipNode;
import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.TrailEntry;
import io.gossip.spring.service.Members;
import io.gossip.spring.service.ServiceStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTranslatorTest {

  private static final Member SELF = Members.member("self", Map.of());
  private static final Member STOCK = Members.serving("stock-1", "stock", 81);
  private static final Member STARTING = Members.with(STOCK, "service.status", "STARTING");
  private static final List<Accusation> ACCUSED = List.of(new Accusation("self", Evidence.REFUSED));

  private final GossipNode node =
      GossipNode.builder()
          .id("self")
          .bindHost(InetAddress.getLoopbackAddress())
          .bindPort(0)
          .build();
  private final EventTranslator translator = new EventTranslator(node, false, true);
  private final Membership view = Members.view(SELF, STOCK);

  EventTranslatorTest() {
    translator.started(view);
  }

  @Test
  void everyKindOfEventHasItsWord() {
    List<MembershipEvent> all =
        List.of(
            new MembershipEvent.Joined(STARTING),
            new MembershipEvent.Updated(STOCK, STARTING),
            new MembershipEvent.Restarted(STOCK, STOCK),
            new MembershipEvent.Suspected(STOCK, ACCUSED),
            new MembershipEvent.Recovered(STOCK),
            new MembershipEvent.Failed(
                STOCK.with(MemberStatus.DEAD), ACCUSED, Duration.ofSeconds(1)),
            new MembershipEvent.Left(STOCK.with(MemberStatus.LEFT)),
            new MembershipEvent.Forgotten(STOCK.with(MemberStatus.LEFT)),
            new MembershipEvent.ZoneUnreachable(SELF, "b", List.of()),
            new MembershipEvent.ZoneReachable(SELF, "b", List.of()),
            new MembershipEvent.Isolated(SELF),
            new MembershipEvent.Connected(SELF),
            new MembershipEvent.Conflict(SELF, new InetSocketAddress(1)));
    assertThat(all)
        .extracting(event -> (Object) event.getClass())
        .containsExactlyInAnyOrder((Object[]) MembershipEvent.class.getPermittedSubclasses());
    EventTranslator telling = new EventTranslator(node, true, true);
    telling.started(view);
    List<Object> told = new ArrayList<>();
    all.forEach(event -> telling.translate(event, view).forEach(e -> told.add(e.getClass())));
    assertThat(told)
        .containsExactly(
            MemberJoinedEvent.class,
            MemberUpdatedEvent.class,
            MemberStatusChangedEvent.class,
            ServiceInstancesChangedEvent.class,
            MemberRestartedEvent.class,
            MemberSuspectedEvent.class,
            MemberRecoveredEvent.class,
            MemberFailedEvent.class,
            ServiceInstancesChangedEvent.class,
            MemberLeftEvent.class,
            MemberEvictedEvent.class,
            GossipZoneUnreachableEvent.class,
            GossipZoneReachableEvent.class,
            GossipIsolatedEvent.class,
            GossipClusterJoinedEvent.class,
            GossipConflictEvent.class);
  }

  @Test
  void suspicionIsToldOnlyIfAsked() {
    Member suspect = Members.suspected(STOCK);
    translator.translate(new MembershipEvent.Joined(STOCK), view);
    assertThat(translator.translate(new MembershipEvent.Suspected(suspect, ACCUSED), view))
        .isEmpty();
    assertThat(translator.translate(new MembershipEvent.Recovered(STOCK), view)).isEmpty();
  }

  @Test
  void aZoneThatIsCutOffIsOneEventWithItsMembersAndTakesNobodyOutOfRotation() {
    Member suspect = Members.suspected(STOCK);
    translator.translate(new MembershipEvent.Joined(STOCK), view);
    List<GossipEvent> cut =
        translator.translate(
            new MembershipEvent.ZoneUnreachable(SELF, "eu", List.of(suspect)), view);
    assertThat(cut)
        .singleElement()
        .isInstanceOfSatisfying(
            GossipZoneUnreachableEvent.class,
            event -> {
              assertThat(event.zone()).isEqualTo("eu");
              assertThat(event.members()).containsExactly(suspect);
            });
    List<GossipEvent> healed =
        translator.translate(new MembershipEvent.ZoneReachable(SELF, "eu", List.of(STOCK)), view);
    assertThat(healed)
        .singleElement()
        .isInstanceOfSatisfying(
            GossipZoneReachableEvent.class,
            event -> assertThat(event.members()).containsExactly(STOCK));
  }

  @Test
  void aChangeOfStatusIsToldWithBothEnds() {
    translator.translate(new MembershipEvent.Joined(STARTING), view);
    List<GossipEvent> events =
        translator.translate(new MembershipEvent.Updated(STOCK, STARTING), view);
    assertThat(events.get(1))
        .isInstanceOfSatisfying(
            MemberStatusChangedEvent.class,
            changed -> {
              assertThat(changed.from()).isEqualTo(ServiceStatus.STARTING);
              assertThat(changed.to()).isEqualTo(ServiceStatus.UP);
              assertThat(changed.local()).isFalse();
            });
    assertThat(events.get(2))
        .isInstanceOfSatisfying(
            ServiceInstancesChangedEvent.class,
            changed -> {
              assertThat(changed.serviceId()).isEqualTo("stock");
              assertThat(changed.added()).hasSize(1);
              assertThat(changed.removed()).isEmpty();
              assertThat(changed.instances()).hasSize(1);
            });
  }

  @Test
  void aServiceThatAppearsHasNoStatusBefore() {
    Member bare = Members.member("stock-1", Map.of());
    assertThat(translator.translate(new MembershipEvent.Updated(STOCK, bare), view))
        .filteredOn(MemberStatusChangedEvent.class::isInstance)
        .first()
        .satisfies(event -> assertThat(((MemberStatusChangedEvent) event).from()).isNull());
  }

  @Test
  void aFailureSaysWhyAndHowLongItTook() {
    MembershipEvent failed =
        new MembershipEvent.Failed(STOCK.with(MemberStatus.DEAD), ACCUSED, Duration.ofMillis(1500));
    assertThat(translator.translate(failed, view))
        .first()
        .isInstanceOfSatisfying(
            MemberFailedEvent.class,
            event -> {
              assertThat(event.reason()).contains("connection refused").contains("1500 ms");
              assertThat(event.detection()).hasMillis(1500);
              assertThat(event.accusations()).isEqualTo(ACCUSED);
            });
  }

  @Test
  void aVerdictASuspicionAndItsEndCarryTheirTrailAndSayWhy() {
    List<TrailEntry> trail =
        List.of(
            entry(TrailEntry.Step.ACCUSED, "accused by self"),
            entry(TrailEntry.Step.REFUTED, "it answered a ping"),
            entry(TrailEntry.Step.DEAD, "two observers agree"));
    EventTranslator telling = new EventTranslator(node, true, true);
    telling.started(view);
    MembershipEvent.Suspected suspected = new MembershipEvent.Suspected(STOCK, ACCUSED, trail);
    MembershipEvent.Recovered recovered = new MembershipEvent.Recovered(STOCK, trail);
    MembershipEvent.Failed failed =
        new MembershipEvent.Failed(STOCK, ACCUSED, Duration.ofMillis(7), trail);
    assertThat(telling.translate(suspected, view).get(0))
        .isInstanceOfSatisfying(
            MemberSuspectedEvent.class,
            event -> {
              assertThat(event.trail()).isEqualTo(trail);
              assertThat(event.reason()).isEqualTo(suspected.reason()).contains("refused");
              assertThat(event.accusations()).isEqualTo(ACCUSED);
            });
    assertThat(telling.translate(recovered, view).get(0))
        .isInstanceOfSatisfying(
            MemberRecoveredEvent.class,
            event -> {
              assertThat(event.trail()).isEqualTo(trail);
              assertThat(event.reason()).isEqualTo("it answered a ping");
            });
    assertThat(telling.translate(failed, view).get(0))
        .isInstanceOfSatisfying(
            MemberFailedEvent.class,
            event -> {
              assertThat(event.trail()).isEqualTo(trail);
              assertThat(event.reason())
                  .isEqualTo(failed.reason())
                  .contains("two observers agree")
                  .contains("(7 ms after the first sign)");
            });
  }

  private static TrailEntry entry(TrailEntry.Step step, String detail) {
    return new TrailEntry(Duration.ZERO, step, "self", null, 0, -1, null, null, detail);
  }

  @Test
  void theSecondConnectionIsAReconnection() {
    MembershipEvent connected = new MembershipEvent.Connected(SELF);
    assertThat(translator.translate(connected, view).get(0))
        .isInstanceOf(GossipClusterJoinedEvent.class);
    assertThat(translator.translate(connected, view).get(0))
        .isInstanceOf(GossipReconnectedEvent.class);
  }

  @Test
  void aStartIsToldOnceAndBeforeAnythingThatFollowsIt() {
    translator.translate(new MembershipEvent.Joined(STOCK), view);
    translator.translate(new MembershipEvent.Connected(SELF), view);
    assertThat(translator.started(view)).isEmpty();
    node.start();
    node.stop();
    assertThat(translator.translate(new MembershipEvent.Connected(SELF), Members.view(SELF)))
        .extracting(event -> (Object) event.getClass())
        .containsExactly(
            GossipNodeStartedEvent.class,
            ServiceInstancesChangedEvent.class,
            GossipClusterJoinedEvent.class);
  }

  @Test
  void afterLostEventsTheServicesAreTold() {
    List<GossipEvent> events = translator.resync(view, 7);
    assertThat(events.get(0))
        .isInstanceOfSatisfying(
            GossipResyncEvent.class, resync -> assertThat(resync.dropped()).isEqualTo(7));
    assertThat(events.get(1)).isInstanceOf(ServiceInstancesChangedEvent.class);
  }
}

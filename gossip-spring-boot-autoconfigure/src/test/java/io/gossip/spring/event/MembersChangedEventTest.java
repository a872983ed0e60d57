package io.gossip.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.batch.MemberChange;
import io.gossip.spring.service.Members;
import io.gossip.spring.service.ServiceChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;

class MembersChangedEventTest {

  private static final Member SELF = Members.member("self", Map.of());
  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<GossipEvent> events = new CopyOnWriteArrayList<>();
  private final GossipNode node = GossipNode.builder().id("self").build();
  private final GenericApplicationContext context = new GenericApplicationContext();
  private final List<GossipEventPublisher> publishers = new ArrayList<>();

  MembersChangedEventTest() {
    context.addApplicationListener((ApplicationListener<GossipEvent>) events::add);
    context.refresh();
  }

  @AfterEach
  void close() {
    publishers.forEach(GossipEventPublisher::destroy);
  }

  @Test
  void aMassDeathIsToldOneByOneAndThenOnce() {
    GossipEventPublisher publisher = publisher(LONG, 10_000, false);
    List<Member> members = members(2000);
    members.forEach(member -> publisher.onEvent(new MembershipEvent.Joined(member), view()));
    endBatch(publisher);
    Membership last = view();
    members.forEach(member -> publisher.onEvent(failed(member), last));
    endBatch(publisher);
    assertThat(batches()).hasSize(2);
    MembersChangedEvent batch = batches().get(1);
    assertThat(batch.summary()).isEqualTo("2000 members of zone b failed");
    assertThat(batch.members(MemberChange.Kind.FAILED))
        .extracting(Member::id)
        .containsExactlyElementsOf(members.stream().map(Member::id).toList());
    assertThat(batch.counts().byZone(MemberChange.Kind.FAILED)).isEqualTo(Map.of("b", 2000));
    assertThat(batch.view()).isSameAs(last);
    assertThat(batch.isCut()).isFalse();
    ServiceChange service = batch.services().get(0);
    assertThat(service.serviceId()).isEqualTo("stock");
    assertThat(service.removed()).hasSize(2000);
    assertThat(service.added()).isEmpty();
    assertThat(service.instances()).isEmpty();
    assertThat(of(MemberFailedEvent.class)).hasSize(2000);
  }

  @Test
  void onceItIsQuietTheBatchComesAfterTheSingleEventsItTellsOf() {
    GossipEventPublisher publisher = publisher(Duration.ofMillis(20), 100, false);
    members(5).forEach(member -> publisher.onEvent(new MembershipEvent.Joined(member), view()));
    await().until(() -> changes() == 5);
    assertThat(events).last().isInstanceOf(MembersChangedEvent.class);
  }

  @Test
  void aBatchThatIsFullIsToldAtOnceAndSaysThatMoreFollows() {
    GossipEventPublisher publisher = publisher(LONG, 3, false);
    members(4).forEach(member -> publisher.onEvent(new MembershipEvent.Joined(member), view()));
    assertThat(batches())
        .singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.isCut()).isTrue();
              assertThat(batch.changes()).hasSize(3);
            });
    endBatch(publisher);
    assertThat(batches())
        .hasSize(2)
        .last()
        .satisfies(
            batch -> {
              assertThat(batch.isCut()).isFalse();
              assertThat(batch.changes()).hasSize(1);
            });
  }

  @Test
  void anEventAboutThisNodeEndsTheBatch() {
    GossipEventPublisher publisher = publisher(LONG, 100, false);
    publisher.onEvent(new MembershipEvent.Joined(members(1).get(0)), view());
    endBatch(publisher);
    assertThat(events)
        .extracting(event -> (Object) event.getClass())
        .endsWith(
            MemberJoinedEvent.class,
            ServiceInstancesChangedEvent.class,
            MembersChangedEvent.class,
            GossipIsolatedEvent.class);
  }

  @Test
  void afterLostEventsTheServicesAreToldTogetherAsWell() {
    GossipEventPublisher publisher = publisher(LONG, 100, false);
    publisher.onResync(Members.view(SELF, members(3).toArray(new Member[0])), 7);
    endBatch(publisher);
    MembersChangedEvent batch = batches().get(0);
    assertThat(batch.changes()).isEmpty();
    assertThat(batch.services().get(0).added()).hasSize(3);
    assertThat(batch.summary()).isEqualTo("1 services changed");
  }

  @Test
  void suspicionIsPartOfABatchOnlyIfAsked() {
    Member silent = Members.suspected(members(1).get(0));
    for (boolean asked : new boolean[] {false, true}) {
      GossipEventPublisher publisher = publisher(LONG, 100, asked);
      publisher.onEvent(new MembershipEvent.Suspected(silent, List.of()), view());
      endBatch(publisher);
      assertThat(batches().stream().filter(batch -> !batch.changes().isEmpty()).count())
          .isEqualTo(asked ? 1 : 0);
    }
  }

  @Test
  void noTwoEventsAreToldAtTheSameTime() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    context.addApplicationListener(
        (ApplicationListener<GossipEvent>)
            event -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              LockSupport.parkNanos(10_000); // long enough to be met by another
              inside.decrementAndGet();
            });
    GossipEventPublisher publisher = publisher(Duration.ZERO, 100, false);
    for (int i = 0; i < 5; i++) {
      members(100).forEach(member -> publisher.onEvent(new MembershipEvent.Joined(member), view()));
    }
    await().until(() -> changes() == 500);
    assertThat(most).hasValue(1);
  }

  @Test
  void whatWaitsWhenTheContextClosesIsNotTold() {
    GossipEventPublisher publisher = publisher(Duration.ofMillis(200), 100, false);
    publisher.onEvent(new MembershipEvent.Joined(members(1).get(0)), view());
    publisher.onApplicationEvent(new ContextClosedEvent(context));
    int told = events.size();
    await().during(Duration.ofMillis(300)).until(() -> events.size() == told);
  }

  private GossipEventPublisher publisher(Duration debounce, int maxSize, boolean suspicion) {
    GossipEventPublisher publisher =
        new GossipEventPublisher(
            node,
            context,
            new GossipProperties.Events(
                true, suspicion, 100, 0, new GossipProperties.Batch(true, debounce, LONG, maxSize)),
            true);
    publishers.add(publisher);
    publisher.onApplicationEvent(new ContextRefreshedEvent(context));
    return publisher;
  }

  private static void endBatch(GossipEventPublisher publisher) {
    publisher.onEvent(new MembershipEvent.Isolated(SELF), view());
  }

  private static List<Member> members(int count) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(Members.inZone(Members.serving("m-" + i, "stock", 1000 + i), "b"));
    }
    return members;
  }

  private static MembershipEvent failed(Member member) {
    return new MembershipEvent.Failed(
        member.with(MemberStatus.DEAD), List.of(), Duration.ofSeconds(1));
  }

  private static Membership view() {
    return Members.view(SELF);
  }

  private int changes() {
    return batches().stream().mapToInt(batch -> batch.changes().size()).sum();
  }

  private List<MembersChangedEvent> batches() {
    return of(MembersChangedEvent.class);
  }

  private <T extends GossipEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}

package io.gossip.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.service.Members;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;

class GossipEventPublisherTest {

  private static final Member SELF = Members.member("self", Map.of());
  private static final Member A = Members.serving("a", "stock", 81);

  private final List<Object> events = new CopyOnWriteArrayList<>();
  private final GossipNode node = GossipNode.builder().id("self").build();
  private final GenericApplicationContext context = new GenericApplicationContext();
  private final GossipEventPublisher publisher =
      publisher(new GossipProperties.Batch(false, Duration.ZERO, Duration.ZERO, 1));

  private GossipEventPublisher publisher(GossipProperties.Batch batch) {
    return new GossipEventPublisher(
        node, context, new GossipProperties.Events(true, false, 100, 0, batch), true);
  }

  GossipEventPublisherTest() {
    context.addApplicationListener(
        (ApplicationListener<GossipEvent>) event -> events.add(event.getClass()));
    context.refresh();
  }

  @Test
  void whatComesBeforeTheContextIsReadyIsToldAfterwards() throws InterruptedException {
    Thread dispatcher = new Thread(() -> join(A));
    dispatcher.start();
    await().until(() -> dispatcher.getState() == Thread.State.WAITING);
    assertThat(events).isEmpty();
    publisher.onApplicationEvent(new ContextRefreshedEvent(context));
    dispatcher.join(Duration.ofSeconds(30).toMillis());
    assertThat(events)
        .containsExactly(
            GossipNodeStartedEvent.class,
            MemberJoinedEvent.class,
            ServiceInstancesChangedEvent.class);
  }

  @Test
  void aChildContextsReadinessIsNotOurs() throws InterruptedException {
    try (GenericApplicationContext child = new GenericApplicationContext(context)) {
      child.refresh();
      publisher.onApplicationEvent(new ContextRefreshedEvent(child));
      assertThat(events).isEmpty();
    }
  }

  @Test
  void nothingIsToldOnceTheContextCloses() {
    publisher.onApplicationEvent(new ContextRefreshedEvent(context));
    publisher.onApplicationEvent(new ContextClosedEvent(context));
    join(A);
    assertThat(events).containsExactly(GossipNodeStartedEvent.class);
  }

  @Test
  void aStartThatFailsLetsTheListenerThreadGo() throws InterruptedException {
    Thread dispatcher = new Thread(() -> join(A));
    dispatcher.start();
    publisher.destroy();
    dispatcher.join(Duration.ofSeconds(30).toMillis());
    assertThat(dispatcher.isAlive()).isFalse();
    assertThat(events).isEmpty();
  }

  @Test
  void aListenerThatFailsDoesNotKeepOthersFromTheNextEvent() {
    context.addApplicationListener(
        (ApplicationListener<MemberJoinedEvent>)
            event -> {
              throw new IllegalStateException("as a test");
            });
    publisher.onApplicationEvent(new ContextRefreshedEvent(context));
    join(A);
    assertThat(events).contains(ServiceInstancesChangedEvent.class);
    assertThat(publisher.failures().count()).isEqualTo(1);
    assertThat(publisher.successes().count()).isEqualTo(events.size() - 1);
    assertThat(publisher.successes().nanos()).isPositive();
  }

  private void join(Member member) {
    publisher.onEvent(new MembershipEvent.Joined(member), Members.view(SELF, member));
  }
}

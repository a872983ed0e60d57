package io.gossip.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.service.GossipServices;
import io.gossip.spring.service.Members;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;

class HeartbeatPublisherTest {

  private static final Member SELF = Members.member("self", Map.of());
  private static final Member A = Members.serving("a", "stock", 81);
  private static final Member B = Members.serving("b", "stock", 82);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Object> values = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();
  private final AtomicReference<Membership> view = new AtomicReference<>(Members.view(SELF));
  private final GenericApplicationContext context = new GenericApplicationContext();
  private final HeartbeatPublisher publisher =
      new HeartbeatPublisher(
          GossipNode.builder().id("self").build(),
          new GossipDiscoveryClient(
              new ServiceInstances(new GossipServices(view::get, true)), true, 0),
          context,
          Duration.ofMillis(30),
          Duration.ofMillis(300));

  HeartbeatPublisherTest() {
    context.addApplicationListener(
        (ApplicationListener<HeartbeatEvent>)
            event -> {
              threads.add(Thread.currentThread().getName());
              values.add(event.getValue());
            });
    context.refresh();
  }

  @AfterEach
  void close() {
    publisher.destroy();
  }

  @Test
  void changesThatComeTogetherAreToldOnceAndEachTimeWithAnotherValue() {
    CountDownLatch heard = new CountDownLatch(1);
    context.addApplicationListener(
        (ApplicationListener<HeartbeatEvent>)
            event -> assertThatNoException().isThrownBy(heard::await));
    ready();
    become(A);
    await().atMost(PATIENCE).until(() -> values.size() == 1);
    become(A, B); // while the first is being told, however long that takes
    become(B);
    heard.countDown();
    awaitBeats(2);
    assertThat(values)
        .doesNotHaveDuplicates()
        .allSatisfy(v -> assertThat(v.toString()).contains("self"));
    assertThat(threads).containsOnly("gossip-heartbeat");
  }

  @Test
  void whatCallersCannotSeeIsNoReason() {
    ready();
    become(A);
    awaitBeats(1);
    become(Members.suspected(A));
    awaitBeats(1);
    become(A, Members.member("watcher", Map.of()));
    awaitBeats(1);
    become(A, Members.with(B, "service.status", "STARTING"));
    awaitBeats(1);
  }

  @Test
  void metadataIsAReason() {
    ready();
    become(A);
    awaitBeats(1);
    become(Members.with(A, "meta.tier", "gold"));
    awaitBeats(2);
  }

  @Test
  void whatWasFoundBeforeTheContextWasReadyIsToldThen() {
    become(A);
    assertThat(values).isEmpty();
    ready();
    awaitBeats(1);
  }

  @Test
  void nothingIsToldOnceTheContextCloses() {
    ready();
    become(A);
    awaitBeats(1);
    publisher.onApplicationEvent(new ContextClosedEvent(context));
    become(A, B);
    await().during(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> values.size() == 1);
  }

  private void ready() {
    publisher.onApplicationEvent(new ContextRefreshedEvent(context));
  }

  private void become(Member... others) {
    Membership now = Members.view(SELF, others);
    view.set(now);
    publisher.onEvent(new MembershipEvent.Joined(SELF), now);
  }

  private void awaitBeats(int count) {
    await()
        .during(Duration.ofMillis(80))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> values.size() == count);
  }
}

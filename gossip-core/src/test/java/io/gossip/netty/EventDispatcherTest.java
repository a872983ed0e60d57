package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventDispatcherTest {

  private final ShellStats stats = new ShellStats();
  private final EventDispatcher dispatcher =
      new EventDispatcher("dispatcher-test-", 4, stats, view(0));

  @BeforeEach
  void open() {
    dispatcher.open();
    dispatcher.begin(view(1));
  }

  @AfterEach
  void close() {
    dispatcher.close(TimeUnit.SECONDS.toNanos(5));
  }

  @Test
  void eventsComeInOrderEachWithTheViewRightAfterIt() {
    List<String> heard = new CopyOnWriteArrayList<>();
    dispatcher.subscribe(
        (event, view) -> heard.add(event.member().id() + " in " + view.version()),
        EventDispatcherTest::noResync);

    dispatcher.show(view(2));
    dispatcher.publish(List.of(joined("a"), joined("b")));
    dispatcher.show(view(3));
    dispatcher.publish(List.of(joined("c")));

    await().until(() -> heard.size() == 3);
    assertThat(heard).containsExactly("a in 2", "b in 2", "c in 3");
    assertThat(dispatcher.view().version()).isEqualTo(3);
  }

  @Test
  void listenerThatBlocksDelaysNoOther() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    List<String> heard = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 8; i++) {
      dispatcher.subscribe(
          (event, view) -> awaitUninterruptibly(release), EventDispatcherTest::noResync);
    }
    dispatcher.subscribe(
        (event, view) -> heard.add(event.member().id().value()), EventDispatcherTest::noResync);

    dispatcher.publish(List.of(joined("a")));
    dispatcher.publish(List.of(joined("b")));

    await().untilAsserted(() -> assertThat(heard).containsExactly("a", "b"));
    release.countDown();
  }

  @Test
  void listenerThatFallsBehindIsToldTheLatestViewAndHowMuchItMissed() {
    CountDownLatch release = new CountDownLatch(1);
    List<String> heard = new CopyOnWriteArrayList<>();
    dispatcher.subscribe(
        (event, view) -> {
          heard.add(event.member().id().value());
          awaitUninterruptibly(release);
        },
        (view, dropped) -> heard.add("view " + view.version() + " without " + dropped));
    publish("first");
    await().until(() -> heard.size() == 1);

    assertThat(dispatcher.waiting()).isZero();
    publish("a", "b", "c", "d"); // as many as may wait
    assertThat(dispatcher.waiting()).isEqualTo(4);
    dispatcher.show(view(7));
    publish("e"); // one more
    publish("f", "g", "h"); // these wait behind the view
    dispatcher.show(view(9));
    publish("i"); // and again one more
    publish("j");
    release.countDown();

    await().until(() -> heard.contains("j"));
    assertThat(heard).containsExactly("first", "view 9 without 9", "j");
    assertThat(stats.count(ShellStats.Counter.EVENTS_DROPPED)).isEqualTo(9);
  }

  @Test
  void whereNoThreadIsToBeHadEventsWaitForAllListeners() {
    List<String> heard = new CopyOnWriteArrayList<>();
    for (String listener : List.of("1", "2", "3")) {
      dispatcher.subscribe(
          (event, view) -> heard.add(event.member().id() + " by " + listener),
          EventDispatcherTest::noResync);
    }
    AtomicBoolean starved = new AtomicBoolean(true);
    dispatcher.open(
        task -> {
          if (starved.get()) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          return new Thread(task);
        });
    publish("a");
    assertThat(dispatcher.isStuck()).isTrue();
    assertThat(dispatcher.waiting()).isEqualTo(1);

    starved.set(false);
    dispatcher.deliver();

    await()
        .untilAsserted(
            () -> assertThat(heard).containsExactlyInAnyOrder("a by 1", "a by 2", "a by 3"));
    assertThat(dispatcher.isStuck()).isFalse();
  }

  @Test
  void listenerThatThrowsIsCalledAgain() {
    List<String> heard = new CopyOnWriteArrayList<>();
    dispatcher.subscribe(
        (event, view) -> {
          heard.add(event.member().id().value());
          throw new IllegalStateException("thrown by a test's listener");
        },
        EventDispatcherTest::noResync);

    publish("a", "b");

    await().until(() -> heard.size() == 2);
    await().until(() -> stats.count(ShellStats.Counter.LISTENER_FAILURES) == 2);
  }

  @Test
  void closedSubscriptionIsNotCalledForWhatWasWaiting() {
    CountDownLatch release = new CountDownLatch(1);
    List<String> heard = new CopyOnWriteArrayList<>();
    List<String> other = new CopyOnWriteArrayList<>();
    Mailbox mailbox =
        dispatcher.subscribe(
            (event, view) -> {
              heard.add(event.member().id().value());
              awaitUninterruptibly(release);
            },
            EventDispatcherTest::noResync);
    publish("a", "b");
    await().until(() -> heard.size() == 1);

    dispatcher.unsubscribe(mailbox);
    release.countDown();
    dispatcher.subscribe(
        (event, view) -> other.add(event.member().id().value()), EventDispatcherTest::noResync);
    publish("c");
    await().until(() -> other.size() == 1);
    dispatcher.close(TimeUnit.SECONDS.toNanos(5));

    assertThat(heard).containsExactly("a");
  }

  @Test
  void newRunTellsListenersToStartOverFromItsFirstView() {
    List<String> heard = new CopyOnWriteArrayList<>();
    dispatcher.subscribe(
        (event, view) -> heard.add(event.member().id().value()),
        (view, dropped) -> heard.add("view " + view.version() + " without " + dropped));
    publish("a");
    dispatcher.close(TimeUnit.SECONDS.toNanos(5));

    dispatcher.open();
    dispatcher.begin(view(5));
    publish("b");

    await().until(() -> heard.size() == 3);
    assertThat(heard).containsExactly("a", "view 5 without 0", "b");
  }

  @Test
  void noThreadIsLeftAfterTheRun() {
    List<String> threads = new CopyOnWriteArrayList<>();
    dispatcher.subscribe(
        (event, view) -> threads.add(Thread.currentThread().getName()),
        EventDispatcherTest::noResync);
    publish("a");

    dispatcher.close(TimeUnit.SECONDS.toNanos(5));

    assertThat(threads).containsExactly("dispatcher-test-1");
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("dispatcher-test-1"));
  }

  @Test
  void listenerMayEndTheRunItself() {
    List<String> heard = new CopyOnWriteArrayList<>();
    dispatcher.subscribe(
        (event, view) -> {
          long before = System.nanoTime();
          dispatcher.close(TimeUnit.SECONDS.toNanos(60));
          heard.add(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 30 ? "ok" : "slow");
        },
        EventDispatcherTest::noResync);

    publish("a");

    await().until(() -> heard.size() == 1);
    assertThat(heard).containsExactly("ok");
  }

  private static void noResync(Membership view, int dropped) {
    throw new AssertionError("nothing was dropped, but " + dropped);
  }

  private void publish(String... names) {
    List<MembershipEvent> events = new ArrayList<>();
    for (String name : names) {
      events.add(joined(name));
    }
    dispatcher.publish(events);
  }

  private static MembershipEvent joined(String name) {
    return new MembershipEvent.Joined(member(name));
  }

  private static Membership view(long version) {
    Member self = member("self");
    return new Membership(version, 0, self, List.of(self), List.of());
  }

  private static Member member(String name) {
    return new Member(
        new NodeId(name),
        1,
        0,
        MemberStatus.ALIVE,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 7946),
        "",
        new ProtocolRange(1, 1),
        0,
        Map.of());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

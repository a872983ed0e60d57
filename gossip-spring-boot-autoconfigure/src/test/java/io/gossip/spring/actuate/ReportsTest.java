package io.gossip.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import io.gossip.membership.TrailEntry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportsTest {

  private final AtomicBoolean running = new AtomicBoolean(true);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<String> state = new AtomicReference<>("");
  private final AtomicLong now = new AtomicLong();
  private final GossipNode node =
      GossipNode.builder().bindHost(InetAddress.getLoopbackAddress()).bindPort(0).build();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void allGaugesOfAScrapeShareOneQuestionToANodeThatIsStuck() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Reports reports = reports(new CompletableFuture<>());
    ReportMeters.bind(reports, registry);
    assertThat(registry.getMeters())
        .hasSizeGreaterThan(15)
        .allSatisfy(meter -> assertThat(((Gauge) meter).value()).isNaN());
    assertThat(asked).hasValue(1);
  }

  @Test
  void aNodeThatDoesNotRunIsNotAsked() {
    running.set(false);
    assertThat(reports(new CompletableFuture<>()).recent()).isNull();
    assertThat(asked).hasValue(0);
  }

  @Test
  void aNodeThatHasStartedAgainIsAskedAtOnce() {
    Reports reports = reports(CompletableFuture.failedFuture(new IllegalStateException("stops")));
    assertThat(reports.recent()).isNull();
    running.set(false);
    assertThat(reports.recent()).isNull();
    running.set(true);
    assertThat(reports.recent()).isNull();
    assertThat(asked).hasValue(2);
  }

  @Test
  void aReaderThatIsInterruptedLeavesToTheOthersWhatIsKnown() {
    AtomicReference<CompletionStage<NodeReport>> answer = new AtomicReference<>(account());
    Reports reports = reports(answer::get);
    NodeReport known = Objects.requireNonNull(reports.recent());
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    answer.set(new CompletableFuture<>());
    Thread.currentThread().interrupt();
    assertThat(reports.recent()).isSameAs(known);
    assertThat(Thread.interrupted()).as("told to whoever interrupted").isTrue();
    answer.set(account());
    assertThat(reports.recent()).isNotNull().isNotSameAs(known);
    assertThat(asked).hasValue(3);
  }

  @Test
  void readersShareAnAccountUntilItIsAFifthOfASecondOld() {
    Reports reports = reports(this::account);
    Reports.Account first = reports.current();
    now.addAndGet(Duration.ofMillis(200).toNanos());
    assertThat(reports.current()).isEqualTo(first);
    assertThat(reports.recent()).isSameAs(Objects.requireNonNull(first).report());
    assertThat(asked).hasValue(1);
    now.incrementAndGet();
    assertThat(reports.current()).isNotEqualTo(first);
    assertThat(asked).hasValue(2);
  }

  @Test
  void anAccountFromBeforeTheLastEventIsNotGivenAgain() {
    Reports reports = reports(this::account);
    reports.current();
    state.set("a member has joined");
    reports.current();
    assertThat(asked).hasValue(2);
    reports.outdated();
    reports.current();
    assertThat(asked).hasValue(3);
    reports.recent();
    assertThat(asked).as("a scrape during a storm of events asks once").hasValue(3);
  }

  @Test
  void whatHappensWhileAnAccountIsGivenMakesItTooOld() {
    Reports reports =
        reports(
            () -> {
              state.set("a member has joined");
              return account();
            });
    reports.current();
    reports.current();
    assertThat(asked).hasValue(2);
    reports.current();
    assertThat(asked).hasValue(2);
  }

  @Test
  void readersThatComeAtOnceWaitForOneAnswer() throws Exception {
    CompletableFuture<NodeReport> answer = new CompletableFuture<>();
    Reports reports = reports(() -> answer, Duration.ofSeconds(10));
    ExecutorService readers = Executors.newFixedThreadPool(8);
    try {
      List<Future<Reports.Account>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(readers.submit(reports::current));
      }
      await().until(() -> asked.get() == 1);
      answer.complete(account().toCompletableFuture().join());
      for (Future<Reports.Account> each : all) {
        assertThat(each.get()).isNotNull();
      }
      assertThat(asked).hasValue(1);
    } finally {
      readers.shutdown();
    }
  }

  @Test
  void aNodeThatStoppedHasMetersAndNothingToSay() {
    GossipNode node = GossipNode.builder().id("self").build();
    Reports reports = new Reports(node);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new GossipMeterBinder(node, reports).bindTo(registry);
    assertThat(registry.get("gossip.local.health").gauge().value()).isNaN();
    assertThat(registry.get("gossip.members").tag("state", "alive").gauge().value()).isEqualTo(1);
    assertThat(registry.get("gossip.phase").tag("phase", "left").gauge().value()).isEqualTo(1);
  }

  private CompletionStage<NodeReport> account() {
    node.start();
    return CompletableFuture.completedFuture(node.report().toCompletableFuture().join());
  }

  private Reports reports(CompletionStage<NodeReport> answer) {
    return reports(() -> answer);
  }

  private Reports reports(Supplier<CompletionStage<NodeReport>> answer) {
    return reports(answer, Duration.ofMillis(50));
  }

  private Reports reports(Supplier<CompletionStage<NodeReport>> answer, Duration patience) {
    CompletionStage<List<TrailEntry>> none = CompletableFuture.completedFuture(List.of());
    return new Reports(
        running::get,
        state::get,
        () -> {
          asked.incrementAndGet();
          return answer.get();
        },
        id -> none,
        patience,
        now::get);
  }
}

package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

class SignalsTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final AtomicInteger changes = new AtomicInteger();

  private final GenericApplicationContext context = new GenericApplicationContext();
  private final GossipNode node =
      GossipNode.builder().bindHost(InetAddress.getLoopbackAddress()).bindPort(0).build();

  @BeforeEach
  void start() {
    node.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void manyChangesAreFewSignalsAndTheLastIsTheLatest() {
    Signals signals = new Signals(node, changes::incrementAndGet, context, LONG, LONG);
    Page page = new Page();
    assertThat(signals.open(page)).isTrue();
    await().until(() -> page.versions.size() == 1);
    for (int i = 0; i < 200; i++) {
      node.put("key", "value " + i);
    }
    await().until(() -> page.versions.get(page.versions.size() - 1) == node.members().version());
    assertThat(page.versions).hasSizeLessThan(100).isSorted();
    assertThat(changes).as("told before the page is").hasPositiveValue();
    signals.destroy();
  }

  @Test
  void aStreamEndsWhenItsTimeIsUpAndMakesRoom() {
    Signals signals = new Signals(node, changes::incrementAndGet, context, SHORT, Duration.ZERO);
    Page page = new Page();
    signals.open(page);
    await().until(() -> page.ended);
    assertThat(signals.count()).isZero();
    signals.destroy();
  }

  @Test
  void aPageThatHasGoneIsFoundGoneThoughNothingHappens() {
    Signals signals = new Signals(node, changes::incrementAndGet, context, SHORT, LONG);
    Page page = new Page();
    signals.open(page);
    await().until(() -> page.beats.get() > 2);
    page.gone = true;
    await().until(() -> signals.count() == 0);
    signals.destroy();
  }

  @Test
  void onePageThatFailsTakesNothingFromOthers() {
    Signals signals = new Signals(node, changes::incrementAndGet, context, SHORT, LONG);
    Page bad = new Page();
    bad.gone = true;
    Page good = new Page();
    signals.open(bad);
    signals.open(good);
    await().until(() -> signals.count() == 1 && good.beats.get() > 2);
    signals.destroy();
  }

  @Test
  void aPageThatHasGoneBeforeItsAnswerBeganTakesNobodysPlace() {
    Signals signals = new Signals(node, changes::incrementAndGet, context, LONG, LONG);
    List<Flux<ServerSentEvent<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 2 * Signals.MAX_STREAMS; i++) {
      answers.add(answer(signals));
    }
    assertThat(signals.count()).isZero();
    List<Disposable> pages = answers.stream().map(Flux::subscribe).toList();
    assertThat(signals.count()).isEqualTo(Signals.MAX_STREAMS);
    assertThat(new ReactiveWeb().stream(signals)).isNull();
    assertThat(pages.get(Signals.MAX_STREAMS).isDisposed()).as("one too many").isTrue();
    pages.forEach(Disposable::dispose);
    assertThat(signals.count()).isZero();
    signals.destroy();
  }

  @SuppressWarnings("unchecked")
  private static Flux<ServerSentEvent<String>> answer(Signals signals) {
    WebEndpointResponse<?> response =
        (WebEndpointResponse<?>) Objects.requireNonNull(new ReactiveWeb().stream(signals));
    return (Flux<ServerSentEvent<String>>) Objects.requireNonNull(response.getBody());
  }

  @Test
  void onlyItsOwnContextEndsIt() {
    context.refresh();
    try (GenericApplicationContext child = new GenericApplicationContext(context)) {
      Signals signals = new Signals(node, changes::incrementAndGet, context, LONG, LONG);
      Page page = new Page();
      signals.open(page);
      signals.onApplicationEvent(new ContextClosedEvent(child));
      assertThat(signals.open(new Page())).isTrue();
      signals.onApplicationEvent(new ContextClosedEvent(context));
      assertThat(page.ended).isTrue();
      assertThat(signals.open(new Page())).as("one that comes late").isFalse();
    }
  }

  private static final class Page implements Stream {

    final List<Long> versions = new CopyOnWriteArrayList<>();
    final AtomicInteger beats = new AtomicInteger();
    volatile boolean ended;
    volatile boolean gone;

    @Override
    public void signal(long version) throws IOException {
      beat();
      versions.add(version);
    }

    @Override
    public void beat() throws IOException {
      if (gone) {
        throw new IOException("broken pipe");
      }
      beats.incrementAndGet();
    }

    @Override
    public void end() {
      ended = true;
    }
  }
}

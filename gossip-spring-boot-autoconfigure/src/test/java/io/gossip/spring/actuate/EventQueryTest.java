package io.gossip.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.history.EventHistory;
import io.gossip.spring.service.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

class EventQueryTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Membership VIEW = Members.view(Members.member("self", Map.of()));

  private final EventHistory history = new EventHistory(100);
  private final GossipEventsEndpoint endpoint = new GossipEventsEndpoint(history);

  @BeforeEach
  void happen() {
    Member stock = Members.inZone(Members.serving("stock-1", "stock", 80), "b");
    Member dead = stock.with(MemberStatus.DEAD);
    history.onEvent(new MembershipEvent.Joined(stock), VIEW);
    history.onEvent(new MembershipEvent.Joined(Members.member("jobs-1", Map.of())), VIEW);
    history.onEvent(new MembershipEvent.Failed(dead, List.of(), Duration.ZERO), VIEW);
    history.onEvent(new MembershipEvent.Forgotten(dead), VIEW);
  }

  @Test
  void withoutAFilterItTellsTheNewestFirst() {
    GossipEventsDescriptor told = told(null, null, null, null, null, null, null);
    assertThat(told.capacity()).isEqualTo(100);
    assertThat(told.recorded()).isEqualTo(4);
    assertThat(told.events())
        .extracting(GossipEventsDescriptor.Event::type)
        .containsExactly("FORGOTTEN", "FAILED", "JOINED", "JOINED");
    assertThat(told.events().get(2).zone()).isNull();
    assertThat(told.events().get(2).service()).isNull();
  }

  @Test
  void eachFilterSelects() {
    assertThat(sequences("failed, forgotten", null, null, null, null, null, null))
        .containsExactly(4L, 3L);
    assertThat(sequences(null, "jobs-1", null, null, null, null, null)).containsExactly(2L);
    assertThat(sequences(null, null, "STOCK", null, null, null, null)).containsExactly(4L, 3L, 1L);
    assertThat(sequences(null, null, null, "b", null, null, null)).containsExactly(4L, 3L, 1L);
    assertThat(sequences(null, null, null, "", null, null, null)).containsExactly(2L);
    assertThat(sequences(null, null, null, null, "PT1H", null, null)).hasSize(4);
    assertThat(sequences(null, null, null, null, "2100-01-01T00:00:00Z", null, null)).isEmpty();
    assertThat(sequences(null, null, null, null, null, "3", null)).containsExactly(4L);
    assertThat(sequences(null, null, null, null, null, null, "1")).containsExactly(4L);
    assertThat(sequences("JOINED", null, null, "b", null, "0", "10")).containsExactly(1L);
  }

  @Test
  void aTimeIsAMomentOrSoLongAgo() {
    assertThat(EventQuery.since("PT5M", NOW)).isEqualTo(NOW.minusSeconds(300));
    assertThat(EventQuery.since("2026-01-01T01:00:00+01:00", NOW))
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(EventQuery.since(" ", NOW)).isNull();
  }

  @Test
  void whatMakesNoSenseIsRefusedInASentence() {
    refused(() -> EventQuery.types("FAILED,asleep"), "type must be of [JOINED, ");
    refused(() -> EventQuery.types("FAILED,,LEFT"), "but was ''");
    refused(() -> EventQuery.types("x".repeat(5_000)), "x…'");
    refused(() -> EventQuery.since("yesterday", NOW), "since must be a time");
    refused(() -> EventQuery.since("PT2562047788015215H", NOW), "since must be a time");
    refused(() -> EventQuery.since("P1Y", NOW), "since must be a time");
    refused(() -> EventQuery.after("-1"), "after must be a number of 0 to ");
    refused(() -> EventQuery.after("99999999999999999999"), "after must be a number");
    refused(() -> EventQuery.limit("many"), "limit must be a number of 0 to 2147483647");
    WebEndpointResponse<?> response = endpoint.events("asleep", null, null, null, null, null, null);
    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(response.getBody()).asString().endsWith("but was 'asleep'");
  }

  @Test
  void noMoreThanIsEverKeptCanBeAskedFor() {
    assertThat(EventQuery.limit("2147483647")).isEqualTo(EventHistory.MAX_CAPACITY);
    assertThat(EventQuery.limit("0")).isZero();
    assertThat(EventQuery.limit(null)).isEqualTo(EventQuery.DEFAULT_LIMIT);
  }

  private static void refused(ThrowingCallable call, String sentence) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence)
        .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(400));
  }

  private List<Long> sequences(@Nullable String... filters) {
    return told(filters).events().stream().map(GossipEventsDescriptor.Event::sequence).toList();
  }

  private GossipEventsDescriptor told(@Nullable String... f) {
    return (GossipEventsDescriptor)
        Objects.requireNonNull(endpoint.events(f[0], f[1], f[2], f[3], f[4], f[5], f[6]).getBody());
  }
}

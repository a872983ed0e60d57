package io.gossip.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.service.Members;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GossipEventMetersTest {

  private static final Member STOCK = Members.serving("stock-1", "stock", 81);
  private static final Membership ALONE = Members.view(Members.member("self", Map.of()));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final GossipEventMeters.Listener listener =
      new GossipEventMeters.Listener(registry, true);

  @Test
  void aMemberThatComesWhileTheFirstViewIsReadIsCounted() throws InterruptedException {
    Thread delivery =
        new Thread(() -> listener.onEvent(new MembershipEvent.Joined(STOCK), ALONE), "delivery");
    listener.begin(
        () -> {
          delivery.start();
          await()
              .until(
                  () ->
                      delivery.getState() == Thread.State.BLOCKED
                          || delivery.getState() == Thread.State.TERMINATED);
          return ALONE;
        });
    delivery.join();
    assertThat(
            registry
                .get("gossip.service.instances")
                .tags("service", "stock", "status", "up")
                .gauge()
                .value())
        .isEqualTo(1);
  }
}

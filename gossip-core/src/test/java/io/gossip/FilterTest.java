package io.gossip;

import static io.gossip.LoopbackNodes.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.netty.MemberFilter;
import io.gossip.swim.SwimStats.Drop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that the application does not want, over real sockets. */
@Timeout(60)
class FilterTest {

  private final LoopbackNodes nodes = new LoopbackNodes();

  @AfterEach
  void stopNodes() {
    nodes.close();
  }

  private GossipNode start(String name, String zone, MemberFilter filter) {
    return nodes.start(name, builder -> builder.zone(zone).memberFilter(filter));
  }

  @Test
  @DisplayName("T-F 69: who is not wanted by a seed is told so, and neither keeps the other")
  void whoIsNotWantedByASeedIsToldSoAndNeitherKeepsTheOther() {
    MemberFilter production = member -> member.zone().equals("production");
    GossipNode a = start("a", "production", production);
    GossipNode b = start("b", "production", production);
    await().until(() -> names(a).size() == 2 && names(b).size() == 2);
    GossipNode test = start("c", "test", member -> true);
    await()
        .untilAsserted(
            () ->
                assertThat(test.report().toCompletableFuture().get().swim().seeds())
                    .anySatisfy(seed -> assertThat(seed.problem()).contains("does not want it")));
    assertThat(names(a)).containsExactly("a", "b");
    assertThat(names(test)).containsExactly("c");
  }

  @Test
  void whoIsWantedByOthersOnlyIsKeptByThoseOnly() {
    GossipNode a = start("a", "", member -> true);
    GossipNode b = start("b", "", member -> !member.id().value().equals("c"));
    await().until(() -> names(b).size() == 2);
    nodes.start("c", builder -> builder.seeds(nodes.seed(a)));
    await().until(() -> names(a).size() == 3);
    await().until(() -> b.stats().dropped(Drop.FILTERED) > 0);
    assertThat(names(b)).containsExactly("a", "b");
  }

  @Test
  void filterThatFailsRefuses() {
    GossipNode a =
        start(
            "a",
            "",
            member -> {
              throw new IllegalStateException("on purpose");
            });
    GossipNode b = nodes.start("b");
    await()
        .untilAsserted(
            () ->
                assertThat(b.report().toCompletableFuture().get().swim().seeds())
                    .anySatisfy(seed -> assertThat(seed.problem()).contains("does not want it")));
    assertThat(names(a)).containsExactly("a");
  }
}

package io.gossip.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.GossipNode;
import io.gossip.swim.SwimStats.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterMetersTest {

  @Test
  void whateverTheStateMachineCountsIsAMeterOnce() {
    List<Counter> bound =
        new ArrayList<>(CounterMeters.ROWS.stream().map(r -> r.counter()).toList());
    bound.add(Counter.JOINS_ATTEMPTED); // the sum of its outcomes, and those under way
    bound.add(Counter.SYNCS_FINISHED);
    bound.add(Counter.SYNCS_UNFINISHED); // which gossip.sync.duration counts
    assertThat(bound).containsExactlyInAnyOrder(Counter.values());
  }

  @Test
  void noTwoRowsAreTheSameMeter() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    GossipNode node = GossipNode.builder().id("self").build();
    CounterMeters.bind(node, registry);
    TrafficMeters.bind(node, registry);
    int expected =
        CounterMeters.ROWS.size()
            + 2 * io.gossip.wire.MessageType.values().length
            + io.gossip.swim.SwimStats.Drop.values().length
            + io.gossip.netty.Refusals.Reason.values().length
            + io.gossip.netty.ShellStats.Counter.values().length;
    assertThat(registry.getMeters()).extracting(Meter::getId).hasSize(expected);
  }
}

package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.membership.MembershipEvent;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssemblyTest {

  @Test
  void assembledProcessesAgreeFromTheBeginning() {
    Simulation sim = new Simulation(1).topology(Topology.reference(100)).assembled(300);
    assertThat(sim.converged()).isTrue();
    assertThat(sim.time()).isEqualTo(Duration.ofSeconds(1));
    assertThat(sim.nodes()).allMatch(node -> node.phase() == Phase.JOINED);
    assertThat(sim.nodes()).allMatch(node -> node.streams() == 0);
    assertThat(sim.node(299).view().members()).hasSize(300);
  }

  @Test
  void assembledProcessesLiveOnLikeOthers() {
    Simulation sim = new Simulation(1).assembled(40);
    sim.run(Duration.ofSeconds(20));
    assertThat(sim.converged()).isTrue();
    assertThat(sim.falseDeaths()).isEmpty();
    sim.node(7).put("colour", "blue");
    sim.crash(sim.node(8));
    sim.add();
    sim.runUntilConverged(Duration.ofSeconds(20));
    assertThat(sim.node(40).stateOf(sim.node(7))).isEqualTo(Map.of("colour", "blue"));
  }

  @Test
  void processesDoNotActInStep() {
    Simulation sim = new Simulation(1).assembled(50);
    List<Long> probes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      long before = sent(sim);
      sim.run(Duration.ofMillis(50));
      probes.add(sent(sim) - before);
    }
    assertThat(probes).allMatch(count -> count > 0 && count < 40);
  }

  private static long sent(Simulation sim) {
    return sim.nodes().stream().mapToLong(node -> node.stats().count(Counter.DATAGRAMS_SENT)).sum();
  }

  @Test
  void whatProcessesAnnounceFirstIsKnown() {
    Simulation sim = new Simulation(1);
    sim.initially(Map.of("port", "8080")).assembled(10);
    assertThat(sim.node(9).stateOf(sim.node(3))).isEqualTo(Map.of("port", "8080"));
    assertThat(sim.converged()).isTrue();
  }

  @Test
  void eventsOfTheBeginningAreNotKeptButLaterOnesAre() {
    Simulation sim = new Simulation(1).assembled(10);
    assertThat(sim.node(9).events()).isEmpty();
    List<String> told = new ArrayList<>();
    sim.listen(
        (observer, event) -> told.add(observer.id() + " " + event.getClass().getSimpleName()));
    sim.crash(sim.node(3));
    sim.run(Duration.ofSeconds(10));
    assertThat(sim.node(9).events(MembershipEvent.Failed.class, sim.node(3))).hasSize(1);
    assertThat(told).contains("n10 Failed").doesNotContain("n4 Failed");
    sim.keepEvents(false).crash(sim.node(4));
    sim.run(Duration.ofSeconds(10));
    assertThat(sim.node(9).events(MembershipEvent.Failed.class, sim.node(4))).isEmpty();
    assertThat(told.stream().filter("n10 Failed"::equals)).hasSize(2);
  }

  @Test
  void sameSeedAssemblesTheSameWorld() {
    String hash = new Simulation(5).assembled(30).run(Duration.ofSeconds(3)).traceHash();
    assertThat(new Simulation(5).assembled(30).run(Duration.ofSeconds(3)).traceHash())
        .isEqualTo(hash);
    assertThat(new Simulation(6).assembled(30).run(Duration.ofSeconds(3)).traceHash())
        .isNotEqualTo(hash);
  }

  @Test
  void worldThatIsNotEmptyCannotBeAssembled() {
    Simulation sim = new Simulation(1).nodes(1);
    assertThatThrownBy(() -> sim.assembled(3)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Simulation(1).seeds(0).assembled(3))
        .hasStackTraceContaining("needs a seed");
  }
}

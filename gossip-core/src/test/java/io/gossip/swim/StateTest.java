package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent.Updated;
import io.gossip.sim.Link;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.wire.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The members' own key-value states, across the network. */
class StateTest {

  private static Simulation grown(Simulation sim, int nodes) {
    sim.nodes(nodes);
    sim.runUntilConverged(Duration.ofSeconds(20));
    return sim.run(Duration.ofSeconds(5));
  }

  private static Map<String, String> state(int keys, int valueBytes) {
    Map<String, String> state = new TreeMap<>();
    for (int i = 0; i < keys; i++) {
      state.put("key" + i, String.valueOf((char) ('a' + i % 26)).repeat(valueBytes));
    }
    return state;
  }

  @Test
  void stateIsThereWithItsMember() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(new Simulation(seed), 6);
          SimNode joiner = sim.start(sim.spec(6).withState(Map.of("service", "shop")));
          sim.runUntilConverged(Duration.ofSeconds(5));
          for (SimNode node : sim.nodes().subList(0, 6)) {
            // One event, complete: nobody sees it without its state.
            assertThat(node.events(Updated.class, joiner)).isEmpty();
            assertThat(node.stateOf(joiner)).containsEntry("service", "shop");
          }
        });
  }

  @Test
  @DisplayName("T-J 130: each change is one event at each member, and only its change")
  void eachChangeIsOneEventEverywhere() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(new Simulation(seed), 8);
          SimNode owner = sim.node(3);
          owner.put("colour", "blue");
          sim.runUntilConverged(Duration.ofSeconds(5));
          owner.put("colour", "blue"); // T-J 121: no change
          owner.put("colour", "green");
          sim.runUntilConverged(Duration.ofSeconds(5));
          sim.run(Duration.ofSeconds(10));
          for (SimNode node : sim.nodes()) {
            List<Updated> updates = node.events(Updated.class, owner);
            assertThat(updates)
                .extracting(update -> update.previous().state().get("colour"))
                .containsExactly(null, "blue");
            assertThat(updates)
                .extracting(update -> update.member().state().get("colour"))
                .containsExactly("blue", "green");
          }
        });
  }

  @Test
  @DisplayName("T-J 123, T-G 95: the largest state reaches everybody, under loss, in small packets")
  void largestStateReachesEverybody() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(new Simulation(seed).config(c -> c.maxPacketSize(1_280)), 8);
          sim.links(Link.lan().withLoss(0.2));
          // 8 values of 1,016 bytes and their keys make nearly all of the 8 KiB.
          sim.node(3).update(Map.copyOf(state(8, 1_016)));
          sim.runUntilConverged(Duration.ofSeconds(60));
          SimNode late = sim.add();
          sim.runUntilConverged(Duration.ofSeconds(60));
          assertThat(late.stateOf(sim.node(3))).hasSize(8);
        });
  }

  @Test
  @DisplayName("T-G 96: what could never be told is refused at the call, and nothing has changed")
  void whatCouldNeverBeToldIsRefusedAtTheCall() {
    Stage stage = new Stage();
    Member before = stage.swim.membership().self();
    String tooLong = "x".repeat(Limits.VALUE_BYTES + 1);
    assertThatThrownBy(() -> stage.swim.update(0, Map.of("key", tooLong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key");
    assertThatThrownBy(() -> stage.swim.update(0, state(9, 1_000)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(stage.swim.membership().self()).isSameAs(before);
  }

  @Test
  @DisplayName(
      "T-J 128: a deleted key stays deleted, also at who was cut off longer than deletions "
          + "are remembered")
  void deletedKeyStaysDeleted() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim =
              grown(
                  new Simulation(seed)
                      .config(
                          config ->
                              config
                                  .departedRetention(Duration.ofMinutes(20))
                                  .tombstoneRetention(Duration.ofMinutes(20))),
                  6);
          SimNode owner = sim.node(1);
          owner.put("keep", "this");
          owner.put("drop", "that");
          sim.runUntilConverged(Duration.ofSeconds(5));
          sim.partition(sim.nodes().subList(0, 3), sim.nodes().subList(3, 6));
          sim.run(Duration.ofSeconds(5));
          owner.removeKey("drop");
          sim.run(Duration.ofMinutes(15));
          owner.put("late", "news");
          sim.run(Duration.ofMinutes(4));
          sim.heal();
          sim.runUntilConverged(Duration.ofMinutes(2));
          sim.run(Duration.ofMinutes(30));
          assertThat(sim.converged()).isTrue();
          for (SimNode node : sim.nodes()) {
            assertThat(node.stateOf(owner)).isEqualTo(Map.of("keep", "this", "late", "news"));
          }
        });
  }

  @Test
  @DisplayName("T-J 131: a hundred members with a kilobyte each converge within the budget")
  void hundredMembersWithMuchStateConverge() {
    Seeds.each(
        1,
        seed -> {
          Simulation sim = new Simulation(seed);
          for (int i = 0; i < 100; i++) {
            sim.start(sim.spec(i).withState(state(4, 250)));
          }
          sim.runUntilConverged(Duration.ofSeconds(60));
        });
  }

  @Test
  void everybodyWritesAtOnceUnderLoss() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(new Simulation(seed), 16);
          sim.links(Link.lan().withLoss(0.1));
          for (int round = 0; round < 20; round++) {
            for (SimNode node : sim.nodes()) {
              node.put("k" + sim.random().nextInt(5), "v" + round);
            }
            sim.run(Duration.ofMillis(100));
          }
          sim.runUntilConverged(Duration.ofSeconds(20));
          assertThat(sim.falseDeaths()).isEmpty();
        });
  }
}

package io.gossip.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.sim.Link;
import io.gossip.swim.GossipMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioParserTest {
  private static final String LEAST = "nodes 4\nrun 1m\n";

  private static Scenario parse(String text, String... overrides) {
    return ScenarioParser.parse("test", text.lines().toList(), List.of(overrides), false);
  }

  private static Scenario small(String text) {
    return ScenarioParser.parse("test", text.lines().toList(), List.of(), true);
  }

  private static void complains(String text, String... parts) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void twoStatementsAreAScenario() {
    Scenario scenario = parse("# four nodes\n\n" + LEAST);
    assertThat(scenario.nodes()).isEqualTo(4);
    assertThat(scenario.duration()).isEqualTo(Duration.ofMinutes(1));
    assertThat(scenario.seeds()).containsExactly(1L);
    assertThat(scenario.title()).isEqualTo("test");
  }

  @Test
  void regionsHaveZonesOfNodes() {
    Scenario scenario = parse("region eu 2 zones of 10 nodes\nregion us 1 zone of 5 nodes\nrun 1s");
    assertThat(scenario.nodes()).isEqualTo(25);
    assertThat(scenario.regions())
        .containsExactly(new Scenario.Region("eu", 2, 10), new Scenario.Region("us", 1, 5));
  }

  @Test
  void linksAreReadByTheirWays() {
    Scenario scenario =
        parse(
            """
            region a 1 zone of 2 nodes
            region b 1 zone of 2 nodes
            run 1s
            link between a and b latency 1.5ms loss 0.1% # far
            """);
    Link link = scenario.links().get(new Scenario.Ways(Scenario.Ways.Kind.BETWEEN_TWO, "a", "b"));
    assertThat(link).isEqualTo(Link.even(Duration.ofNanos(1_500_000)).withLoss(0.001));
  }

  @Test
  void settingsGoByTheirNames() {
    Scenario scenario =
        parse(LEAST + "set probeInterval 2s\nset fanout 2\nset mode push\nset streamPing off\n");
    assertThat(scenario.config().probeInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(scenario.config().fanout()).isEqualTo(2);
    assertThat(scenario.config().mode()).isEqualTo(GossipMode.PUSH);
    assertThat(scenario.config().streamPing()).isFalse();
  }

  @Test
  void timetableSaysWhenAndHowOften() {
    Scenario scenario =
        parse(
            """
            region c 2 zones of 2 nodes
            run 10m
            at 10s crash 1 node of region c
            every 1m from 2m until 5m cut 1% for 2s
            """);
    Planned once = scenario.timetable().get(0);
    assertThat(once.first()).isEqualTo(Duration.ofSeconds(10));
    assertThat(once.every()).isNull();
    assertThat(once.happening())
        .isEqualTo(
            new Happenings.End(new Who(new Place(Place.Kind.REGION, "c"), -1, 1), false, null));
    Planned again = scenario.timetable().get(1);
    assertThat(again.first()).isEqualTo(Duration.ofMinutes(2));
    assertThat(again.every()).isEqualTo(Duration.ofMinutes(1));
    assertThat(again.until()).isEqualTo(Duration.ofMinutes(5));
    assertThat(again.happening())
        .isEqualTo(new Happenings.Cut(new Who(Place.ALL, 0.01, -1), Duration.ofSeconds(2)));
  }

  @Test
  void seedsAreNamedOrCounted() {
    assertThat(parse(LEAST + "seed 7 1 to 3").seeds()).containsExactly(7L, 1L, 2L, 3L);
    complains(LEAST + "seed 3 to 1", "word 4 (\"1\")", "from 3 on");
  }

  @Test
  void bigAndSmallVersionsShareTheRest() {
    String text = "big nodes 1000\nsmall nodes 10\nrun 1m\nsmall at 1s crash 1 node\n";
    assertThat(parse(text).nodes()).isEqualTo(1000);
    assertThat(parse(text).timetable()).isEmpty();
    assertThat(small(text).nodes()).isEqualTo(10);
    assertThat(small(text).timetable()).hasSize(1);
  }

  @Test
  void commandLineStandsInsteadOfTheFile() {
    Scenario scenario = parse(LEAST + "set fanout 2\n", "run 5s", "set fanout 4", "seed 7 8");
    assertThat(scenario.duration()).isEqualTo(Duration.ofSeconds(5));
    assertThat(scenario.config().fanout()).isEqualTo(4);
    assertThat(scenario.seeds()).containsExactly(7L, 8L);
  }

  @Test
  void anotherLayoutOfTheWorldReplacesTheOneInTheFile() {
    assertThat(parse(LEAST, "region a 1 zone of 7 nodes").nodes()).isEqualTo(7);
    assertThat(parse("region a 1 zone of 7 nodes\nrun 1s", "nodes 3").nodes()).isEqualTo(3);
  }

  @Test
  void complaintsNameLineAndWord() {
    complains(LEAST + "at 10s explode all", "test:3", "word 3 (\"explode\")", "no such happening");
    complains(LEAST + "at soon crash all", "test:3", "word 2 (\"soon\")", "such as 200ms");
    complains(LEAST + "at 10s crash 1% of town x", "word 6 (\"town\")", "region");
    complains(LEAST + "at 10s pause 1%", "the end", "expected \"for\"");
    complains(LEAST + "at 10s crash all at once", "word 5 (\"at\")", "nothing more");
    complains(LEAST + "link everywhere loss 120%", "word 4 (\"120%\")", "0% to 100%");
    complains(LEAST + "set fanaut 3", "word 2 (\"fanaut\")", "fanout");
    complains(LEAST + "set fanout 0", "word 3", "fanout must be 1 to 32");
    complains(LEAST + "expect luck", "word 2 (\"luck\")", "false");
    complains(LEAST + "nodes 5", "test:3", "once");
    complains(LEAST + "frobnicate", "test:3", "no such statement");
    complains("run 1m", "neither \"nodes\" nor \"region\"");
    complains("nodes 3", "for how long");
  }

  @Test
  void placesMustBeThere() {
    String two = "region eu 2 zones of 3 nodes\nrun 1m\ngroup sick is 1 node of zone eu/b\n";
    assertThat(parse(two + "at 1s cut group sick\nat 2s grey eu for 1s\n").timetable()).hasSize(2);
    complains(two + "at 1s cut region us", "test:4", "word 5 (\"us\")", "there is no region us");
    complains(two + "at 1s cut zone eu/c", "there is no zone eu/c");
    complains(two + "at 1s cut group well", "there is no group well");
    complains(two + "at 1s grey us for 1s", "word 4 (\"us\")", "there is no region us");
    complains(two + "link between eu and us latency 1ms", "there is no region us");
  }

  @Test
  void whatOnlyTheOtherVersionHasIsCheckedToo() {
    complains(LEAST + "small at 10s explode all", "test:3", "no such happening");
  }
}

package io.gossip.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.swim.Swim;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Same seed, same run: in this process and in any other. */
class ReplayTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A life with everything in it that could depend on more than the seed. */
  static String eventfulLife(long seed) {
    Simulation sim = new Simulation(seed).topology(Topology.reference(5)).assembled(15);
    Faults faults = sim.faults();
    sim.paths().worsen(link -> link.withBursts(0.5, Duration.ofSeconds(5), SECOND));
    faults.swizzle(sim.nodes().subList(0, 5), Duration.ofSeconds(3));
    faults.flood(sim.node(2), 50).lasting(Duration.ofSeconds(8));
    faults.block(sim.nodes().subList(4, 6)).lasting(Duration.ofSeconds(4));
    faults.drift(sim.nodes().subList(6, 8), 0.95);
    faults.upload(sim.nodes().subList(8, 9), 2_000, 4_000);
    sim.run(Duration.ofSeconds(5));
    faults.flap(sim.nodes().subList(0, 6), sim.nodes().subList(6, 12), SECOND, SECOND);
    faults.starve(sim.nodes().subList(9, 12), Duration.ofMillis(300));
    faults.cutRegion("eu").lasting(Duration.ofSeconds(10));
    sim.nodes(3);
    sim.crash(sim.node(3));
    sim.node(7).put("colour", "blue");
    sim.run(Duration.ofSeconds(15));
    sim.restart(sim.node(3));
    sim.node(12).leave();
    sim.run(Duration.ofSeconds(15));
    return sim.traceHash();
  }

  @Test
  void seedGivesTheSameRunAgain() {
    for (long seed = 1; seed <= 3; seed++) {
      assertThat(eventfulLife(seed)).isEqualTo(eventfulLife(seed));
    }
  }

  @Test
  void anotherSeedGivesAnotherRun() {
    assertThat(eventfulLife(1)).isNotEqualTo(eventfulLife(2));
  }

  @Test
  void seedGivesTheSameRunInAnotherProcessWithOtherHashCodes() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=2", // every object's is 1
                "-XX:TieredStopAtLevel=1",
                "-cp",
                home(ReplayTest.class) + File.pathSeparator + home(Swim.class),
                Life.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(other.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(printed.lines()).isEqualTo(List.of(eventfulLife(1), eventfulLife(2)));
  }

  private static String home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** The same in a process of its own. */
  static final class Life {
    private Life() {}

    public static void main(String[] args) {
      System.out.println(eventfulLife(1));
      System.out.println(eventfulLife(2));
    }
  }
}

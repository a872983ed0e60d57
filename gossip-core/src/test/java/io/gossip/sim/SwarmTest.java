package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SwarmTest {
  private static final int SEEDS = 120;
  private static final int SEEDS_PLAYED_TWICE = 20;
  private static final int TRIES_TO_SHRINK = 300;

  /** How worlds went that have been played, so that a second time can be compared with it. */
  private static final Map<Long, String> PLAYED = new HashMap<>();

  @Test
  void whateverHappensNothingImpossibleDoesAndAllComesRightInTheEnd() {
    Sightings seen = new Sightings();
    Seeds.each(Integer.getInteger("sim.seeds", SEEDS), seed -> seen.add(play(seed)));
    System.out.println("The swarm saw: " + seen);
    if (Seeds.isWholeRun()) {
      for (Sight sight : Sight.values()) {
        assertThat(seen.count(sight)).as("too tame: %s", sight).isPositive();
      }
    }
  }

  private static Sightings play(long seed) {
    Schedule schedule = Schedule.draw(seed);
    try {
      Swarm swarm = Swarm.play(schedule);
      PLAYED.put(seed, swarm.sim.traceHash());
      return swarm.sightings();
    } catch (Violation e) {
      String rule = Shrinker.rule(String.valueOf(e.getMessage()));
      Schedule shrunk = new Shrinker(SwarmTest::failure, TRIES_TO_SHRINK).shrink(schedule, rule);
      throw new Violation(e.getMessage() + "\nshrunk to\n" + shrunk + failure(shrunk), e);
    }
  }

  private static @Nullable String failure(Schedule schedule) {
    try {
      Swarm.play(schedule);
      return null;
    } catch (Violation e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void sameSeedGoesTheSameWayTwice() {
    Seeds.each(
        SEEDS_PLAYED_TWICE,
        seed -> {
          String once = PLAYED.computeIfAbsent(seed, SwarmTest::traceHash);
          assertThat(traceHash(seed)).isEqualTo(once);
        });
  }

  private static String traceHash(long seed) {
    return Swarm.play(Schedule.draw(seed)).sim.traceHash();
  }

  @Test
  void whatOnceFailedStaysMended() throws IOException, URISyntaxException {
    List<Path> files = new ArrayList<>();
    URI corpus = SwarmTest.class.getResource("/regressions").toURI();
    try (Stream<Path> found = Files.list(Path.of(corpus))) {
      found.sorted().forEach(files::add);
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      Schedule schedule = Schedule.parse(Files.readAllLines(file));
      assertThat(failure(schedule)).as(file.getFileName().toString()).isNull();
    }
  }
}

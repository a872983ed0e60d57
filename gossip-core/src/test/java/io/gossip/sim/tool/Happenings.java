package io.gossip.sim.tool;

import io.gossip.sim.NodeSpec;
import io.gossip.sim.SimNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a timetable can do to processes and their ways. */
final class Happenings {
  /** How long a leaving process is given before it is stopped. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private Happenings() {}

  /** Reads one, from its verb on. */
  static Happening parse(Words words) {
    String verb = words.word("what to do");
    return switch (verb) {
      case "update" ->
          new Update(Who.parse(words), words.take("key") ? words.word("a key") : "mark");
      case "pause",
          "block",
          "starve",
          "slow",
          "deafen",
          "mute",
          "lose",
          "flap",
          "clog",
          "swizzle",
          "choke",
          "fill",
          "drift",
          "flood" ->
          Afflictions.parse(verb, words);
      case "grey" -> new Grey(Place.region(words).name(), needed("for", words));
      case "worsen" -> worsen(words);
      case "clock" -> new Clock(Who.parse(words), words.expect("by").duration());
      case "crash" -> new End(Who.parse(words), false, optional("for", words));
      case "silence" -> new End(Who.parse(words), true, optional("for", words));
      case "restart" -> restart(words);
      case "leave" -> new Leave(Who.parse(words));
      case "join" -> join(words);
      case "cut" -> new Cut(Who.parse(words), optional("for", words));
      case "forget" -> {
        words.expect("streams").expect("of");
        yield new HalfOpen(Who.parse(words));
      }
      case "reset" -> {
        words.expect("streams").expect("of");
        yield new Reset(Who.parse(words));
      }
      case "jam" -> new Jam(Who.parse(words), needed("for", words));
      case "reject" -> {
        Who one = Who.parse(words);
        yield new Reject(one, Who.parse(words.expect("and")), needed("for", words));
      }
      case "bridge" -> {
        Who left = Who.parse(words);
        yield new Bridge(left, Who.parse(words.expect("and")), needed("for", words));
      }
      case "ring" -> {
        int reach = words.expect("reach").count(1);
        yield new Ring(reach, needed("for", words));
      }
      case "heal" ->
          world -> {
            world.cuts().endAll();
            world.moment("heal");
          };
      default -> throw words.back("no such happening");
    };
  }

  private static Duration needed(String word, Words words) {
    return words.expect(word).length();
  }

  private static @Nullable Duration optional(String word, Words words) {
    return words.take(word) ? words.length() : null;
  }

  private static Happening restart(Words words) {
    Who who = Who.parse(words);
    Duration within = words.take("within") ? words.length() : Duration.ZERO;
    boolean renamed = words.take("with", "new", "ids");
    Duration clock = words.take("clock") ? words.duration() : Duration.ZERO;
    return new Restart(who, within, renamed, clock);
  }

  private static Happening worsen(Words words) {
    double loss = words.take("loss") ? words.share() : 0;
    Duration latency = words.take("latency") ? words.length() : Duration.ZERO;
    return new Worsen(loss, latency, needed("for", words));
  }

  private static Happening join(Words words) {
    int count = words.count(1);
    if (!words.take("nodes") && !words.take("node")) {
      throw words.complaint("expected \"nodes\"");
    }
    return new Join(count, words.take("within") ? words.length() : Duration.ZERO);
  }

  /** Writes a key, and marks the update. */
  record Update(Who who, String key) implements Happening {
    @Override
    public void strike(World world) {
      for (Resident resident : world.choose(who, false)) {
        world.spread().mark(resident, world.sim().time());
        resident.node().put(key, "at " + world.time().toNanos());
      }
      world.moment("update");
    }
  }

  /** kill -9, or the machine loses its power; the same member comes back after a while, if told. */
  record End(Who who, boolean power, @Nullable Duration time) implements Happening {
    @Override
    public void strike(World world) {
      for (Resident resident : world.choose(who, false)) {
        world.ending(resident);
        if (power) {
          world.sim().silence(resident.node());
        } else {
          world.sim().crash(resident.node());
        }
        world.afterAny(time, () -> comeBack(world, resident));
      }
    }

    private static void comeBack(World world, Resident resident) {
      if (!resident.isRunning()) {
        world.replace(resident, resident.node().spec());
        world.moment("restart");
      }
    }
  }

  /**
   * Kills and starts again, one after the other in even steps; those that do not run are started.
   */
  record Restart(Who who, Duration within, boolean renamed, Duration clock) implements Happening {
    @Override
    public void strike(World world) {
      List<Resident> chosen = world.choose(who, true);
      for (int i = 0; i < chosen.size(); i++) {
        Resident resident = chosen.get(i);
        Duration wait = within.multipliedBy(i).dividedBy(chosen.size());
        world.after(wait, () -> restart(world, resident));
      }
    }

    private void restart(World world, Resident resident) {
      NodeSpec spec = resident.node().spec();
      NodeSpec named = renamed ? spec.withId(world.freshName()) : spec;
      world.replace(resident, named.withClockOffset(spec.clockOffset().plus(clock)));
      world.moment("restart");
    }
  }

  /** Leaves, and is stopped once that is said. */
  record Leave(Who who) implements Happening {
    @Override
    public void strike(World world) {
      for (Resident resident : world.choose(who, false)) {
        SimNode leaving = resident.node();
        leaving.leave();
        world.after(
            FAREWELL,
            () -> {
              if (leaving.isRunning()) {
                world.sim().stop(leaving);
              }
            });
      }
      world.moment("leave");
    }
  }

  /** Further nodes start, in even steps. */
  record Join(int count, Duration within) implements Happening {
    @Override
    public void strike(World world) {
      for (int i = 0; i < count; i++) {
        world.after(
            within.multipliedBy(i).dividedBy(count),
            () -> {
              world.sim().add();
              world.settle();
              world.moment("join");
            });
      }
    }
  }

  /** Nothing passes between them and the rest, for a while or until healed. */
  record Cut(Who who, @Nullable Duration time) implements Happening {
    @Override
    public void strike(World world) {
      List<Resident> chosen = world.choose(who, true);
      List<SimNode> inside = Resident.nodes(chosen);
      Cuts.Cut cut =
          world.cuts().add(world.sim().faults().islands(List.of(List.of(), inside)), chosen);
      world.moment("cut");
      world.afterAny(
          time,
          () -> {
            if (world.cuts().end(cut)) {
              world.moment("heal");
            }
          });
    }
  }

  /** Between them and all others, nothing knows of their streams any more. */
  record HalfOpen(Who who) implements Happening {
    @Override
    public void strike(World world) {
      for (Resident resident : world.choose(who, true)) {
        for (SimNode other : world.sim().nodes()) {
          world.sim().faults().loseStreams(resident.node(), other);
        }
      }
    }
  }

  /** Something on the way ends all their streams. */
  record Reset(Who who) implements Happening {
    @Override
    public void strike(World world) {
      for (Resident resident : world.choose(who, false)) {
        world.sim().faults().resetStreams(resident.node());
      }
    }
  }

  /** Their kernels take no more connections for a while. */
  record Jam(Who who, Duration time) implements Happening {
    @Override
    public void strike(World world) {
      for (Resident resident : world.choose(who, false)) {
        world.sim().faults().fillBacklog(resident.node()).lasting(time);
      }
    }
  }

  /** A firewall refuses what two parts send each other. */
  record Reject(Who one, Who other, Duration time) implements Happening {
    @Override
    public void strike(World world) {
      List<SimNode> here = Resident.nodes(world.choose(one, true));
      List<SimNode> there = Resident.nodes(world.choose(other, true));
      world.sim().faults().reject(here, there).lasting(time);
      world.after(time, () -> world.moment("recovery"));
    }
  }

  /** Two parts no longer hear each other, and those in neither hear both. */
  record Bridge(Who left, Who right, Duration time) implements Happening {
    @Override
    public void strike(World world) {
      List<SimNode> one = Resident.nodes(world.choose(left, true));
      List<SimNode> other = Resident.nodes(world.choose(right, true));
      world.sim().faults().bridge(one, other).lasting(time);
      world.after(time, () -> world.moment("recovery"));
    }
  }

  /** Each hears so many neighbours to either side. */
  record Ring(int reach, Duration time) implements Happening {
    @Override
    public void strike(World world) {
      world.sim().faults().ring(world.sim().nodes(), reach).lasting(time);
      world.after(time, () -> world.moment("recovery"));
    }
  }

  /** A region that is neither up nor down. */
  record Grey(String region, Duration time) implements Happening {
    @Override
    public void strike(World world) {
      world.sim().faults().grey(region).lasting(time);
      world.after(time, () -> world.moment("recovery"));
    }
  }

  /** All ways lose more and take longer. */
  record Worsen(double loss, Duration latency, Duration time) implements Happening {
    @Override
    public void strike(World world) {
      world
          .sim()
          .faults()
          .worsen(
              link ->
                  link.withLoss(Math.max(loss, link.loss().share()))
                      .withLatency(link.delay().least().plus(latency)))
          .lasting(time);
      world.after(time, () -> world.moment("recovery"));
    }
  }

  /** The wall clocks of their machines jump. */
  record Clock(Who who, Duration ahead) implements Happening {
    @Override
    public void strike(World world) {
      for (Resident resident : world.choose(who, true)) {
        world.sim().faults().jumpWallClock(resident.node(), ahead);
      }
    }
  }
}

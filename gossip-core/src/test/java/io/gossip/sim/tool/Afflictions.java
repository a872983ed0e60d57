package io.gossip.sim.tool;

import io.gossip.sim.Disturbance;
import io.gossip.sim.Faults;
import io.gossip.sim.SimNode;
import java.time.Duration;
import java.util.List;

/**
 * What makes some nodes worse than the others for a while. They count as afflicted from then on: a
 * death of theirs, or one that they declare, is not what the healthy would have done.
 */
final class Afflictions {
  private Afflictions() {}

  /** What is done to the nodes; given the simulation's faults, them, and all nodes. */
  interface Means {
    Disturbance strike(Faults faults, List<SimNode> afflicted, List<SimNode> all);
  }

  /** Reads one, from after its verb on. */
  static Happening parse(String verb, Words words) {
    return switch (verb) {
      case "lose" -> lose(words);
      case "swizzle" -> new Swizzle(Who.parse(words), words.expect("for").length());
      default -> {
        Who who = Who.parse(words);
        Means means = means(verb, words);
        yield new Affliction(who, means, words.expect("for").length());
      }
    };
  }

  private static Means means(String verb, Words words) {
    switch (verb) {
      case "pause" -> {
        return (faults, afflicted, all) -> faults.pause(afflicted);
      }
      case "block" -> {
        return (faults, afflicted, all) -> faults.block(afflicted);
      }
      case "starve" -> {
        Duration late = words.expect("by").length();
        return (faults, afflicted, all) -> faults.starve(afflicted, late);
      }
      case "slow" -> {
        Duration each = words.expect("to").length();
        return (faults, afflicted, all) -> faults.slow(afflicted, each);
      }
      case "deafen" -> {
        return (faults, afflicted, all) -> faults.oneWay(all, afflicted);
      }
      case "mute" -> {
        return (faults, afflicted, all) -> faults.oneWay(afflicted, all);
      }
      case "flap" -> {
        Duration up = words.expect("up").length();
        Duration down = words.expect("down").length();
        return (faults, afflicted, all) -> faults.flap(afflicted, others(all, afflicted), up, down);
      }
      case "clog" -> {
        return (faults, afflicted, all) -> faults.clog(all, afflicted);
      }
      case "choke" -> {
        long bytes = words.expect("to").bytes();
        long queue = words.expect("queue").bytes();
        return (faults, afflicted, all) -> faults.upload(afflicted, bytes, queue);
      }
      case "fill" -> {
        return (faults, afflicted, all) -> faults.fillSendBuffers(afflicted);
      }
      case "drift" -> {
        double pace = words.expect("to").decimal();
        return (faults, afflicted, all) -> faults.drift(afflicted, pace);
      }
      case "flood" -> {
        int rate = words.expect("with").count(1);
        return (faults, afflicted, all) -> faults.flood(afflicted.get(0), rate);
      }
      default -> throw new IllegalArgumentException("no affliction: " + verb);
    }
  }

  /** {@code lose 80% from 1% for 5m}: what they send; {@code to} for what is sent to them. */
  private static Happening lose(Words words) {
    double share = words.share();
    boolean in = words.take("to");
    boolean out = !in || words.take("and");
    if (out) {
      words.expect("from");
    }
    Who who = Who.parse(words);
    Means means =
        (faults, afflicted, all) -> faults.lose(afflicted, in ? share : 0, out ? share : 0);
    return new Affliction(who, means, words.expect("for").length());
  }

  private static List<SimNode> others(List<SimNode> all, List<SimNode> afflicted) {
    return all.stream().filter(node -> !afflicted.contains(node)).toList();
  }

  /** Something for a while. */
  record Affliction(Who who, Means means, Duration time) implements Happening {
    @Override
    public void strike(World world) {
      List<Resident> chosen = world.choose(who, false);
      if (chosen.isEmpty()) {
        return;
      }
      chosen.forEach(Resident::afflict);
      means.strike(world.sim().faults(), Resident.nodes(chosen), world.sim().nodes()).lasting(time);
      world.after(time, () -> world.moment("recovery"));
    }
  }

  /** The ways to them are held and let go one after the other. */
  record Swizzle(Who who, Duration time) implements Happening {
    @Override
    public void strike(World world) {
      List<Resident> chosen = world.choose(who, false);
      chosen.forEach(Resident::afflict);
      world.sim().faults().swizzle(Resident.nodes(chosen), time);
      world.after(time, () -> world.moment("recovery"));
    }
  }
}

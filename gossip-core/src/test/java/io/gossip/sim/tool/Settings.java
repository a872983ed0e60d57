package io.gossip.sim.tool;

import io.gossip.swim.GossipMode;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimConfigBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The engine's settings by their names. */
final class Settings {
  private static final List<Method> SETTERS =
      Arrays.stream(SwimConfigBuilder.class.getMethods())
          .filter(method -> method.getReturnType() == SwimConfigBuilder.class)
          .filter(method -> method.getParameterCount() == 1)
          .sorted(Comparator.comparing(Method::getName))
          .toList();

  private Settings() {}

  /** The numbers that a profile starts from. */
  static SwimConfig profile(Words words) {
    return switch (words.word("lan, local or wan")) {
      case "lan" -> SwimConfig.lan();
      case "local" -> SwimConfig.local();
      case "wan" -> SwimConfig.wan();
      default -> throw words.back("expected lan, local or wan");
    };
  }

  /** Reads a setting's name and value and applies it. */
  static SwimConfig set(SwimConfig config, Words words) {
    String name = words.word("the name of a setting");
    for (Method setter : SETTERS) {
      if (setter.getName().equals(name)) {
        return set(config, setter, words);
      }
    }
    throw words.back(
        "no such setting; there are "
            + String.join(", ", SETTERS.stream().map(Method::getName).toList()));
  }

  private static SwimConfig set(SwimConfig config, Method setter, Words words) {
    Object value = value(setter.getParameterTypes()[0], words);
    SwimConfigBuilder builder = config.toBuilder();
    try {
      setter.invoke(builder, value);
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw words.back(String.valueOf(e.getMessage()));
    } catch (ReflectiveOperationException e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      throw words.back(String.valueOf(cause));
    }
  }

  private static Object value(Class<?> type, Words words) {
    if (type == Duration.class) {
      return words.duration();
    }
    if (type == int.class) {
      return words.count(0);
    }
    if (type == double.class) {
      return words.decimal();
    }
    if (type == boolean.class) {
      return flag(words);
    }
    if (type == GossipMode.class) {
      return mode(words);
    }
    return words.word("a value");
  }

  private static boolean flag(Words words) {
    String word = words.word("on or off");
    return switch (word) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw words.back("expected on or off");
    };
  }

  private static GossipMode mode(Words words) {
    String wanted = words.word("a mode").replace('-', '_').toUpperCase(Locale.ROOT);
    for (GossipMode mode : GossipMode.values()) {
      if (mode.name().equals(wanted)) {
        return mode;
      }
    }
    throw words.back("expected one of " + Arrays.toString(GossipMode.values()));
  }
}

package io.gossip.samples.quickstart;

import java.nio.file.Path;
import java.util.List;

/** What to try once the shop is open. */
final class Guide {

  private Guide() {}

  static String text(List<ChildProcess> children, String classPath, String order) {
    StringBuilder text = new StringBuilder("\nThe shop is open, and has sold: " + order + "\n\n");
    for (ChildProcess child : children) {
      Instance instance = child.instance();
      text.append(
          String.format(
              "  %-11s  pid %-7d  %s  gossip %d%n",
              instance.id(), child.pid(), instance.url(""), instance.gossipPort()));
    }
    ChildProcess victim = find(children, Instance.INVENTORY_2);
    return text.append(
            """

            In a browser, the cluster as an inventory sees it:

              %s

            In another terminal:

              curl %s       an order; which inventory answered? ask again
              curl %s          what the DiscoveryClient of the shop knows
              curl %s   the cluster as an inventory sees it
              curl %s   health, with the part called gossip

            Kill one, watch it disappear, and bring it back:

              kill -9 %d
              %s

            The same under load:

              %s

            Ctrl-C stops everything.
            """
                .formatted(
                    Instance.INVENTORY_1.url("/actuator/gossipdashboard"),
                    Instance.SHOP.url("/order/apple"),
                    Instance.SHOP.url("/services"),
                    Instance.INVENTORY_1.url("/actuator/gossip"),
                    Instance.SHOP.url("/actuator/health"),
                    victim.pid(),
                    startCommand(victim.instance(), classPath),
                    loadCommand(classPath)))
        .toString();
  }

  /** The command line that runs an instance in the terminal where it is typed. */
  static String startCommand(Instance instance, String classPath) {
    return classPath.endsWith(".jar")
        ? "java -jar " + fromHere(classPath) + " " + instance.id()
        : "java -cp " + classPath + " " + Quickstart.class.getName() + " " + instance.id();
  }

  private static String loadCommand(String classPath) {
    return "java -cp "
        + fromHere(classPath)
        + " "
        + Load.class.getName()
        + " --rate 50 --seconds 30";
  }

  private static String fromHere(String jar) {
    Path here = Path.of("").toAbsolutePath();
    return jar.startsWith(here.toString()) ? here.relativize(Path.of(jar)).toString() : jar;
  }

  private static ChildProcess find(List<ChildProcess> children, Instance instance) {
    return children.stream().filter(c -> c.instance() == instance).findFirst().orElseThrow();
  }
}

package io.gossip.samples.console;

import io.gossip.GossipNode;
import io.gossip.GossipStartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A member of a cluster in a terminal: shows who is in it and what happens, and does what it is
 * told on standard input. Needs nothing but gossip-core.
 */
public final class Console {

  private Console() {}

  /** Joins and obeys until told to quit. */
  public static void main(String[] args) throws IOException {
    if (List.of(args).contains("--help")) {
      System.out.println(Options.USAGE + "\nIn it:\n" + Commands.HELP);
      return;
    }
    try {
      Options options = Options.parse(args);
      if (options.plain() || !Terminal.isLive(System.getenv())) {
        runPlain(options.node());
      } else {
        runLive(options.node());
      }
    } catch (IllegalArgumentException | UnknownHostException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
    } catch (GossipStartException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void runPlain(GossipNode node) throws IOException {
    Display display = new PlainDisplay(System.out);
    // Subscribed before the start, so that the first event is not missed.
    node.subscribe((event, view) -> display.event(Words.of(event)));
    node.start();
    closeAtTheEnd(node, display);
    display.event("this is " + Words.of(node.members().self()) + "; 'help' lists the commands");
    obey(node, display);
  }

  private static void runLive(GossipNode node) throws IOException {
    Screen screen = new Screen(node, System.out, new Terminal());
    node.subscribe((event, view) -> screen.event(Words.brief(event)));
    node.start();
    closeAtTheEnd(node, screen);
    // What the node has to say would be written across the table.
    System.setErr(new PrintStream(new Lines(screen::event), true));
    screen.event("'help' lists the commands");
    screen.open();
    obey(node, screen);
  }

  /**
   * However the process ends, short of kill -9: the others are told, and the terminal is as before.
   */
  private static void closeAtTheEnd(GossipNode node, Display display) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  display.close();
                  node.close();
                },
                "leave"));
  }

  private static void obey(GossipNode node, Display display) throws IOException {
    Commands commands = new Commands(node, display);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (!commands.obey(line)) {
        break;
      }
    }
    display.close();
    node.close();
  }
}

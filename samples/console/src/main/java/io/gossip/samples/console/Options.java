package io.gossip.samples.console;

import io.gossip.GossipNode;
import io.gossip.GossipNodeBuilder;
import io.gossip.swim.Seed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line says.
 *
 * @param node the member to be
 * @param plain whether to print lines though a table could be drawn
 */
record Options(GossipNode node, boolean plain) {

  static final String USAGE =
      """
      usage: console [--id name] [--cluster name] [--bind host:port] [--seed host:port]... [--plain]
      Without --bind it listens on all addresses, on the first free port from 7946 on.
      With --plain, with NO_COLOR set, or where the output is no terminal, it prints lines instead of a table.\
      """;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one is not known, or its value makes no sense
   */
  static Options parse(String... args) throws UnknownHostException {
    GossipNodeBuilder builder = GossipNode.builder().cluster("console").portAttempts(10);
    List<String> seeds = new ArrayList<>();
    boolean plain = false;
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      if (option.equals("--plain")) {
        plain = true;
        continue;
      }
      if (++i == args.length) {
        throw new IllegalArgumentException(option + " lacks a value");
      }
      String value = args[i];
      switch (option) {
        case "--id" -> builder.id(value);
        case "--cluster" -> builder.cluster(value);
        case "--seed" -> seeds.add(value);
        case "--bind" -> bind(builder, value);
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return new Options(builder.seeds(seeds.toArray(String[]::new)).build(), plain);
  }

  private static void bind(GossipNodeBuilder builder, String value) throws UnknownHostException {
    Seed here = Seed.parse(value, GossipNode.DEFAULT_PORT);
    builder.bindHost(InetAddress.getByName(here.host())).bindPort(here.port());
    builder.portAttempts(1); // asked for this one, so no other will do
  }
}

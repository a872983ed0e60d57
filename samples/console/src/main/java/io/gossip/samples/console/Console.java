package io.gossip.samples.console;

import io.gossip.GossipNode;
import io.gossip.GossipNodeBuilder;
import io.gossip.GossipStartException;
import io.gossip.NodeReport;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Seed;
import io.gossip.swim.SwimReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A member of a cluster in a terminal: prints what happens to the membership and does what it is
 * told on standard input. Needs nothing but gossip-core.
 */
public final class Console {

  private static final String USAGE =
      """
      usage: console [--id name] [--cluster name] [--bind host:port] [--seed host:port]...
      Without --bind it listens on all addresses, on the first free port from 7946 on.\
      """;

  private static final String COMMANDS =
      """
      members        who is in the cluster, and who failed or left
      put key value  set a key of this member's state; everybody sees it
      remove key     remove it
      report         the node's account of itself: seeds, round-trip times, accusations
      leave          say good-bye, and go on answering
      quit           leave and stop (also: Ctrl-D, Ctrl-C)\
      """;

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final GossipNode node;

  private Console(GossipNode node) {
    this.node = node;
  }

  /** Joins and obeys until told to quit. */
  public static void main(String[] args) throws IOException {
    if (List.of(args).contains("--help")) {
      System.out.println(USAGE + "\nIn it:\n" + COMMANDS);
      return;
    }
    try {
      new Console(configure(args)).run();
    } catch (IllegalArgumentException | UnknownHostException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
    } catch (GossipStartException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static GossipNode configure(String[] args) throws UnknownHostException {
    GossipNodeBuilder builder = GossipNode.builder().cluster("console").portAttempts(10);
    List<String> seeds = new ArrayList<>();
    for (int i = 0; i < args.length; i += 2) {
      String option = args[i];
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(option + " lacks a value");
      }
      String value = args[i + 1];
      switch (option) {
        case "--id" -> builder.id(value);
        case "--cluster" -> builder.cluster(value);
        case "--seed" -> seeds.add(value);
        case "--bind" -> {
          Seed here = Seed.parse(value, GossipNode.DEFAULT_PORT);
          builder.bindHost(InetAddress.getByName(here.host())).bindPort(here.port());
          builder.portAttempts(1); // asked for this one, so no other will do
        }
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return builder.seeds(seeds.toArray(String[]::new)).build();
  }

  private void run() throws IOException {
    // Subscribed before the start, so that the first event is not missed.
    node.subscribe((event, view) -> print(describe(event)));
    node.start();
    // However the process ends, short of kill -9, the others are told. close() may be called twice.
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "leave"));
    print("this is " + describe(node.members().self()) + "; 'help' lists the commands");

    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String[] words = line.strip().split("\\s+", 3);
      if (words[0].equals("quit")) {
        break;
      }
      try {
        obey(words);
      } catch (IllegalArgumentException e) { // such as a state beyond its limits
        print("refused: " + e.getMessage());
      }
    }
    node.close();
  }

  private void obey(String[] words) {
    switch (words.length + " " + words[0]) { // a command counts only with the words it needs
      case "1 " -> {} // an empty line
      case "1 members" -> printMembers(node.members());
      case "3 put" -> node.put(words[1], words[2]);
      case "2 remove" -> node.remove(words[1]);
      case "1 report" -> printReport(node.report().toCompletableFuture().join());
      case "1 leave" -> node.leave().thenAccept(result -> print("left: " + result));
      default -> print("one of\n" + COMMANDS);
    }
  }

  private static String describe(MembershipEvent event) {
    String what = event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    String detail = "";
    if (event instanceof MembershipEvent.Failed failed) {
      detail = ": " + failed.reason();
    } else if (event instanceof MembershipEvent.Suspected suspected) {
      detail = ": " + suspected.accusations();
    } else if (event instanceof MembershipEvent.ZoneUnreachable cut) {
      detail = ": " + cut.zone() + ", " + cut.members().size() + " members";
    } else if (event instanceof MembershipEvent.ZoneReachable healed) {
      detail = ": " + healed.zone() + ", " + healed.members().size() + " members";
    } else if (event instanceof MembershipEvent.Conflict conflict) {
      detail = ": its name is also borne at " + conflict.other();
    }
    return String.format("%-9s %s%s", what, describe(event.member()), detail);
  }

  private static String describe(Member member) {
    InetSocketAddress address = member.address();
    return String.format(
        "%s at %s:%d %s",
        member.id(), address.getAddress().getHostAddress(), address.getPort(), member.state());
  }

  private static void printMembers(Membership view) {
    for (List<Member> some : List.of(view.members(), view.departed())) {
      some.forEach(member -> print(String.format("%-9s %s", member.status(), describe(member))));
    }
    print(view.members().size() + " active, " + view.departed().size() + " departed");
  }

  private static void printReport(NodeReport report) {
    SwimReport swim = report.swim();
    print(swim.phase() + " in cluster " + report.cluster() + ", health " + swim.localHealth());
    print("listens on " + report.bound() + " by " + report.transport());
    print("announces " + report.advertised() + ", " + report.addressSource());
    for (SwimReport.SeedReport seed : swim.seeds()) {
      print("seed " + seed.seed() + ": " + (seed.problem() == null ? "fine" : seed.problem()));
    }
    for (SwimReport.MemberReport member : swim.members()) {
      print(
          String.format(
              "%s %s for %d s, round trip %s, accused by %s",
              member.member().id(),
              member.member().status(),
              member.since().toSeconds(),
              member.roundTrip() == null ? "unknown" : member.roundTrip().toNanos() / 1e6 + " ms",
              member.accusations()));
    }
  }

  private static void print(String text) {
    System.out.println(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + " " + text);
  }
}

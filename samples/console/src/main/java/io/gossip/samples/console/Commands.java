package io.gossip.samples.console;

import io.gossip.GossipNode;
import io.gossip.membership.NodeId;
import java.util.List;

/** Does what is typed. */
final class Commands {

  static final String HELP =
      """
      members        who is in the cluster, and who failed or left
      put key value  set a key of this member's state; everybody sees it
      remove key     remove it
      report         the node's account of itself: seeds, round-trip times, accusations
      trail member   what spoke for and against a member
      rejoin         ask the seeds again
      leave          say good-bye, and go on answering
      quit           leave and stop (also: Ctrl-D, Ctrl-C)\
      """;

  private final GossipNode node;
  private final Display display;

  Commands(GossipNode node, Display display) {
    this.node = node;
    this.display = display;
  }

  /**
   * Does it.
   *
   * @return whether more may be typed
   */
  boolean obey(String line) {
    String[] words = line.strip().split("\\s+", 3);
    if (words[0].equals("quit")) {
      return false;
    }
    try {
      display.answer(answer(words));
    } catch (IllegalArgumentException e) { // such as a state beyond its limits
      display.answer(List.of("refused: " + e.getMessage()));
    }
    return true;
  }

  private List<String> answer(String... words) {
    switch (words.length + " " + words[0]) { // a command counts only with the words it needs
      case "1 " -> {} // an empty line
      case "1 members" -> {
        return Words.of(node.members());
      }
      case "3 put" -> node.put(words[1], words[2]);
      case "2 remove" -> node.remove(words[1]);
      case "1 report" -> {
        return Words.of(node.report().toCompletableFuture().join());
      }
      case "2 trail" -> {
        return trail(words[1]);
      }
      case "1 rejoin" -> node.rejoin();
      case "1 leave" -> node.leave().thenAccept(result -> display.event("left: " + result));
      default -> {
        return ("one of\n" + HELP).lines().toList();
      }
    }
    return List.of();
  }

  private List<String> trail(String member) {
    List<String> entries =
        node.trail(new NodeId(member)).toCompletableFuture().join().stream()
            .map(Object::toString)
            .toList();
    return entries.isEmpty() ? List.of("nothing is known against " + member) : entries;
  }
}

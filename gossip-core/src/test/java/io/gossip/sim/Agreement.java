package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import java.util.List;

/** Whether processes see each other rightly, and what is wrong if not. */
final class Agreement {
  private static final int DESCRIBED = 32;

  private Agreement() {}

  /** Whether these see each other alive as each says of itself, and nobody else. */
  static boolean among(List<SimNode> group) {
    for (SimNode observer : group) {
      List<Member> seen = observer.view().members();
      if (seen.size() != group.size()
          || observer.view().hash() != group.get(0).view().hash()
          || observer.view().count(MemberStatus.ALIVE) != seen.size()) {
        return false;
      }
      for (SimNode other : group) {
        Member own = other.self();
        Member record = observer.view().find(own.id()).orElse(null);
        if (record == null || !record.equals(own)) {
          return false;
        }
      }
    }
    return true;
  }

  /** One line for each process: whom of the running ones it sees wrongly. */
  static void describe(List<SimNode> all, List<SimNode> running, StringBuilder text) {
    for (SimNode node : all.subList(0, Math.min(all.size(), DESCRIBED))) {
      text.append(node).append(' ').append(node.phase()).append(' ').append(node.self());
      if (node.isRunning()) {
        describe(node, running, text);
      }
      text.append('\n');
    }
  }

  private static void describe(SimNode node, List<SimNode> running, StringBuilder text) {
    for (SimNode other : running) {
      Member record = node.record(other.id());
      if (record == null || !record.equals(other.self())) {
        text.append("; holds ").append(other.id()).append(" for ").append(record);
      }
    }
    for (Member member : node.view().members()) {
      if (running.stream().noneMatch(other -> other.id().equals(member.id()))) {
        text.append("; sees ghost ").append(member);
      }
    }
  }
}

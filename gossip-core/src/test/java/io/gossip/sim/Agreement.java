package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether processes see each other rightly, and what is wrong if not. */
final class Agreement {
  private static final int DESCRIBED = 32;
  private static final int DESCRIBED_OF_ONE = 8;

  private Agreement() {}

  /** Whether these see each other alive as each says of itself, and nobody else. */
  static boolean among(List<SimNode> group) {
    for (SimNode observer : group) {
      if (observer.view().members().size() != group.size()
          || observer.view().hash() != group.get(0).view().hash()) {
        return false;
      }
    }
    List<Member> own = new ArrayList<>();
    for (SimNode node : group) {
      own.add(node.self());
    }
    own.sort(Comparator.comparing(Member::id)); // as views are
    for (SimNode observer : group) {
      if (!sees(observer.view().members(), own)) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // where processes share equal records
  private static boolean sees(List<Member> seen, List<Member> own) {
    int i = 0;
    for (Member record : seen) {
      Member said = own.get(i++);
      if (record.status() != MemberStatus.ALIVE || (record != said && !record.equals(said))) {
        return false;
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
    int wrong = 0;
    for (SimNode other : running) {
      Member record = node.record(other.id());
      if ((record == null || !record.equals(other.self())) && ++wrong <= DESCRIBED_OF_ONE) {
        text.append("; holds ").append(other.id()).append(" for ").append(record);
      }
    }
    if (wrong > DESCRIBED_OF_ONE) {
      text.append("; and ").append(wrong - DESCRIBED_OF_ONE).append(" more");
    }
    for (Member member : node.view().members()) {
      if (running.stream().noneMatch(other -> other.id().equals(member.id()))) {
        text.append("; sees ghost ").append(member);
      }
    }
  }
}

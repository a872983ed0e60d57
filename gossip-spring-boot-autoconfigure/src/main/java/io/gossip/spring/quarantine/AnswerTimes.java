package io.gossip.spring.quarantine;

import io.gossip.membership.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long members usually let calls wait, and which of them have now let one wait for much longer.
 * A host that vanished and a process that stopped say nothing at all: this is how a caller sees it
 * before its time-out does. Thread-safe.
 *
 * <p>What is measured is the time from the first call to a member since its last answer to its next
 * answer. A member is overdue when that exceeds twice the longest of late, and some more, within
 * bounds. The longest of late is forgotten by a quarter with each answer that came sooner: the
 * first calls to a member that has just started take long. Calls that never end (their client has
 * given up, say) are forgotten with the next answer.
 */
public final class AnswerTimes {

  /** Members that are remembered; beyond that, the ones called first are not. */
  static final int MAX_MEMBERS = 1024;

  /** As long as a member has not answered once, in multiples of the least patience. */
  static final int AT_FIRST = 3;

  /** The most patience, in multiples of the least. */
  static final int AT_MOST = 30;

  private static final class Answers {
    /** When the first call since the last answer began; only if something is owed. */
    long askedAt;

    boolean owes;

    /** Whether it has been reported since its last answer. */
    boolean reported;

    boolean answered;

    /** The longest time of late. */
    long longest;
  }

  private final long least;
  private final LongSupplier nanoTime;
  private final LinkedHashMap<Identity, Answers> known = new LinkedHashMap<>();

  /** The earliest moment at which somebody can be overdue; only if somebody owes an answer. */
  private long nextDue;

  private boolean anyOwes;

  /**
   * Knows nobody yet.
   *
   * @param least how long a call may always wait, however fast answers usually are
   */
  public AnswerTimes(Duration least) {
    this(least, System::nanoTime);
  }

  AnswerTimes(Duration least, LongSupplier nanoTime) {
    this.least = least.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * A call to the member begins.
   *
   * @return who has become overdue, each once until it answers
   */
  public synchronized List<Identity> asked(Identity member) {
    long now = nanoTime.getAsLong();
    Answers answers = known.get(member);
    if (answers == null) {
      answers = add(member);
    }
    if (!answers.owes) {
      answers.owes = true;
      answers.askedAt = now;
      expect(now + patience(answers));
    }
    return anyOwes && nextDue - now <= 0 ? overdue(now) : List.of();
  }

  /** The member answered a call, whatever it said. */
  public synchronized void answered(Identity member) {
    Answers answers = known.get(member);
    if (answers == null || !answers.owes) {
      return;
    }
    // One answer that came very late does not make the next ones late.
    long took = Math.min(nanoTime.getAsLong() - answers.askedAt, patience(answers));
    answers.longest = Math.max(took, answers.longest - answers.longest / 4);
    answers.answered = true;
    answers.owes = false;
    answers.reported = false;
  }

  private Answers add(Identity member) {
    if (known.size() >= MAX_MEMBERS) {
      known.remove(known.keySet().iterator().next());
    }
    Answers answers = new Answers();
    known.put(member, answers);
    return answers;
  }

  private long patience(Answers answers) {
    if (!answers.answered) {
      return AT_FIRST * least;
    }
    return Math.min(2 * answers.longest + least, AT_MOST * least);
  }

  private void expect(long due) {
    if (!anyOwes || due - nextDue < 0) {
      nextDue = due;
    }
    anyOwes = true;
  }

  private List<Identity> overdue(long now) {
    List<Identity> overdue = new ArrayList<>();
    anyOwes = false;
    Iterator<Map.Entry<Identity, Answers>> all = known.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Identity, Answers> each = all.next();
      Answers answers = each.getValue();
      if (!answers.owes || answers.reported) {
        continue;
      }
      long due = answers.askedAt + patience(answers);
      if (due - now <= 0) {
        answers.reported = true;
        overdue.add(each.getKey());
      } else {
        expect(due);
      }
    }
    return overdue;
  }
}

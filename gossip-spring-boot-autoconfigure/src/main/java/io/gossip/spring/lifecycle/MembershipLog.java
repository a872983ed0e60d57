package io.gossip.spring.lifecycle;

import io.gossip.MembershipListener;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.batch.ChangeCounts;
import io.gossip.spring.batch.Gatherer;
import io.gossip.spring.batch.MemberChange;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * One line in the log for each member that comes or goes, as long as these are few. What exceeds so
 * many lines in a second is counted, and told in one line a second later. That this node is
 * isolated, or its name taken, the node says itself; here it is a line at debug, as is all that
 * neither comes nor goes, and the trail behind a verdict.
 */
public final class MembershipLog implements MembershipListener, DisposableBean {

  /** Lines about members within a second. */
  static final int LINES_PER_SECOND = 10;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MemberLines lines = new MemberLines(LoggerFactory.getLogger(MembershipLog.class));
  private final LongSupplier nanoTime;
  private final Gatherer gatherer;
  private long secondBegan;
  private int written;
  private int active;
  private ChangeCounts rest = new ChangeCounts();

  /** Has logged nothing yet. */
  public MembershipLog() {
    this(System::nanoTime, Duration.ofSeconds(1));
  }

  MembershipLog(LongSupplier nanoTime, Duration wait) {
    this.nanoTime = nanoTime;
    this.gatherer = new Gatherer("gossip-log", wait, wait, this::logRest);
    this.secondBegan = nanoTime.getAsLong() - SECOND;
  }

  @Override
  public void onEvent(MembershipEvent event, Membership view) {
    if (!isAboutPresence(event) || mayLog(event, view.members().size())) {
      lines.write(event, view);
    }
  }

  /** Whether a member comes or goes: what the whole cluster may do at once. */
  static boolean isAboutPresence(MembershipEvent event) {
    return event instanceof MembershipEvent.Joined
        || event instanceof MembershipEvent.Restarted
        || event instanceof MembershipEvent.Left
        || event instanceof MembershipEvent.Failed;
  }

  /** Whether the event has a line of its own; if not, it has been counted. */
  private synchronized boolean mayLog(MembershipEvent event, int members) {
    long now = nanoTime.getAsLong();
    if (rest.isEmpty() && now - secondBegan >= SECOND) {
      secondBegan = now;
      written = 0;
    }
    if (written < LINES_PER_SECOND) {
      written++;
      return true;
    }
    MemberChange change = MemberChange.of(event);
    if (change != null) {
      rest.add(change);
      active = members;
      gatherer.touch();
    }
    return false;
  }

  private synchronized void logRest() {
    if (!rest.isEmpty()) {
      lines.writeRest(rest, active);
      rest = new ChangeCounts();
      secondBegan = nanoTime.getAsLong();
      written = 0;
    }
  }

  @Override
  public void onResync(Membership view, int dropped) {
    if (dropped > 0) { // else the node has started again, and says so itself
      lines.writeResync(view, dropped);
    }
  }

  /** Logs what has been counted and not yet told. */
  @Override
  public void destroy() {
    gatherer.close();
    logRest();
  }
}

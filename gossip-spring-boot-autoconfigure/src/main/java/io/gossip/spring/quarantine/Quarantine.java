package io.gossip.spring.quarantine;

import io.gossip.membership.Identity;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which members calls of this application could not reach of late: the application's own eyes,
 * which see a member that is gone one call later, before the cluster has its verdict. Thread-safe;
 * asking costs a volatile read while nobody is in it.
 *
 * <p>It works as a circuit breaker does. A member that could not be reached is out for a time; then
 * one call may try it, while it stays out for all others. If that call reaches it, the member is
 * back; if not, it is out for twice the time, and so on up to {@value #DOUBLINGS} doublings. A
 * restart is another {@link Identity}, which nothing is held against.
 */
public final class Quarantine {

  static final int DOUBLINGS = 4;

  /** Members that are remembered; beyond that, the ones that failed longest ago are not. */
  static final int MAX_MEMBERS = 1024;

  /** A member that nobody has tried for so long after its time is forgotten. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

  private static final class Patient {
    int failures;
    long until;

    /** Length of the current time in quarantine. */
    long time;

    /** Whether one call is trying it now, for whose outcome it is out. */
    boolean tried;
  }

  private final long time;
  private final LongSupplier nanoTime;
  private final LinkedHashMap<Identity, Patient> patients = new LinkedHashMap<>();
  private volatile boolean empty = true;
  private volatile Quarantined current = Quarantined.NOBODY;

  /**
   * Holds nobody yet.
   *
   * @param time how long a member is out after its first failure
   */
  public Quarantine(Duration time) {
    this(time, System::nanoTime);
  }

  Quarantine(Duration time, LongSupplier nanoTime) {
    this.time = time.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Who is out now. */
  public Quarantined current() {
    Quarantined known = current;
    if (!known.isEmpty() && known.isOver(nanoTime.getAsLong())) {
      return renew();
    }
    return known;
  }

  /**
   * How long a member is still out.
   *
   * @return {@code null} if it is not
   */
  public @Nullable Duration rest(Identity member) {
    Long until = current().until().get(member);
    return until == null ? null : Duration.ofNanos(until - nanoTime.getAsLong());
  }

  /** A call could not reach the member. */
  public synchronized void failed(Identity member) {
    long now = nanoTime.getAsLong();
    Patient patient = patients.remove(member);
    if (patient == null) {
      patient = new Patient();
      if (patients.size() >= MAX_MEMBERS) {
        patients.remove(patients.keySet().iterator().next());
      }
    } else if (patient.until - now > 0 && !patient.tried) {
      patients.put(member, patient); // a call that began before: it says nothing new
      return;
    }
    patient.time = time << Math.min(patient.failures, DOUBLINGS);
    patient.failures++;
    patient.tried = false;
    patient.until = now + patient.time;
    patients.put(member, patient); // last: the first is the one that failed longest ago
    empty = false;
    renew();
  }

  /** A call reached the member: nothing is held against it. */
  public void reached(Identity member) {
    if (!empty) {
      forget(member);
    }
  }

  /** A call to the member begins; if its time is over, it is the one that tries it. */
  public void tried(Identity member) {
    if (!empty) {
      tryOut(member);
    }
  }

  private synchronized void forget(Identity member) {
    if (patients.remove(member) != null) {
      renew();
    }
  }

  private synchronized void tryOut(Identity member) {
    long now = nanoTime.getAsLong();
    Patient patient = patients.get(member);
    if (patient != null && patient.until - now <= 0) {
      patient.tried = true;
      patient.until = now + patient.time;
      renew();
    }
  }

  private synchronized Quarantined renew() {
    long now = nanoTime.getAsLong();
    Map<Identity, Long> until = new HashMap<>();
    Iterator<Map.Entry<Identity, Patient>> all = patients.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Identity, Patient> each = all.next();
      long end = each.getValue().until;
      if (end - now > 0) {
        until.put(each.getKey(), end);
      } else if (now - end > FORGOTTEN_AFTER.toNanos()) {
        all.remove();
      }
    }
    empty = patients.isEmpty();
    current = Quarantined.of(until, now);
    return current;
  }
}

package io.gossip.netty;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was refused, for the way it came or for what it said: counted by reason, the latest
 * remembered, and each reason logged once a minute at most. In a flood all are counted, and some
 * remembered. For any thread.
 */
@SuppressWarnings("EnumOrdinal") // indexes into an array of this object only
public final class Refusals {

  /** Sources that are remembered. */
  static final int MAX_REMEMBERED = 32;

  /**
   * Refusals for one reason that are remembered in a second, and twice that at once: in a flood, to
   * remember one costs more than to refuse it.
   */
  static final int REMEMBERED_PER_SECOND = 100;

  /** What stands for the address of who has forged it, or may have. */
  static final String UNPROVEN = "an address that was not proven";

  private static final long LOG_NANOS = Duration.ofMinutes(1).toNanos();

  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  /** Why. */
  public enum Reason {
    /** From an address outside the networks that are allowed. */
    ADDRESS("come from an address that is not allowed"),
    /** More than one source may send. */
    RATE("come faster than one source may send"),
    /** Not sealed, where everything must be. */
    PLAIN("are not encrypted, and this node takes nothing else"),
    /** Sealed, where nobody has keys. */
    NO_KEYS("are encrypted, and this node has no keys"),
    /** Sealed under a key that is not in the ring. */
    UNKNOWN_KEY("are encrypted with a key that this node does not hold"),
    /** Not genuine: damaged, of another cluster, or made up. */
    FORGED("are not genuine, or of another cluster"),
    /** Has come before, or is of an earlier life of this node or the sender. */
    REPLAYED("have come before"),
    /** Not what the protocol calls a packet. */
    MALFORMED("are no packets"),
    /** A stream whose TLS did not come about, or whose certificate is not one of a member. */
    TLS("have no TLS that both ends accept"),
    /** A stream that the other end closed instead of answering: it takes none of our keys. */
    HANDSHAKE(
        "were closed by the other end instead of answered: it has other keys or none, another"
            + " cluster name, or does not allow this address"),
    /** News of a member that this member has not signed, where members sign. */
    UNSIGNED("tell of a member what it has not signed"),
    /** More of that than is looked at. */
    UNCHECKED("bring so much that nobody has signed that no more of it is looked at for a while"),
    /** Accusations of members that refuted them, too many, where members sign. */
    ACCUSER("accuse members that live, and are not listened to for five minutes");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }
  }

  /**
   * What was refused of one source.
   *
   * @param source its address, or {@value #UNPROVEN}
   * @param detail what else is known, such as the id of a key; empty if nothing is
   * @param count how often, since it was last forgotten; in a flood, of those that were remembered
   * @param last the latest time
   */
  public record Refused(String source, Reason reason, String detail, long count, Instant last) {}

  private record Key(@Nullable InetAddress source, Reason reason) {
    String sourceText() {
      return source == null ? UNPROVEN : source.getHostAddress();
    }
  }

  private static final class Entry {
    String detail = "";
    long count;
    long lastMillis;
  }

  private final AtomicLongArray counts = new AtomicLongArray(Reason.values().length);
  private final LinkedHashMap<Key, Entry> recent = new LinkedHashMap<>();
  private final Map<Reason, Bucket> paces = new EnumMap<>(Reason.class);
  private final Map<Reason, Long> loggedAt = new EnumMap<>(Reason.class);

  /** Nothing yet. */
  public Refusals() {}

  /** How often it was the reason. */
  public long count(Reason reason) {
    return counts.get(reason.ordinal());
  }

  /** The latest sources, the latest first; at most {@value #MAX_REMEMBERED}. */
  public synchronized List<Refused> recent() {
    List<Refused> list = new ArrayList<>();
    recent.forEach(
        (key, entry) ->
            list.add(
                new Refused(
                    key.sourceText(),
                    key.reason,
                    entry.detail,
                    entry.count,
                    Instant.ofEpochMilli(entry.lastMillis))));
    Collections.reverse(list);
    return list;
  }

  /**
   * One more.
   *
   * @param source {@code null} if it could be anybody
   */
  void add(@Nullable InetAddress source, Reason reason, String detail) {
    add(source, reason, detail, System.nanoTime());
  }

  /** The same, for callers who have just read {@code System.nanoTime()}. */
  void add(@Nullable InetAddress source, Reason reason, String detail, long now) {
    counts.incrementAndGet(reason.ordinal());
    boolean say;
    Key key = new Key(source, reason);
    synchronized (this) {
      if (!isToBeRemembered(reason, now)) {
        return;
      }
      Entry entry = recent.remove(key);
      if (entry == null) {
        entry = new Entry();
      }
      entry.detail = detail;
      entry.count++;
      entry.lastMillis = System.currentTimeMillis();
      if (recent.size() >= MAX_REMEMBERED) {
        makeRoom(reason);
      }
      recent.put(key, entry);
      say = isToBeLogged(reason, now);
    }
    if (say) {
      log.warn(
          "Gossip {} {} {}{}; such are counted and not logged for a minute",
          subject(reason),
          key.sourceText(),
          reason.sentence,
          detail.isEmpty() ? "" : " (" + detail + ")");
    }
  }

  private static String subject(Reason reason) {
    return switch (reason) {
      case TLS -> "streams with";
      case HANDSHAKE -> "streams to";
      default -> "packets from";
    };
  }

  private boolean isToBeRemembered(Reason reason, long now) {
    Bucket pace = paces.get(reason);
    if (pace == null) {
      pace = new Bucket(REMEMBERED_PER_SECOND, now);
      paces.put(reason, pace);
    }
    return pace.take(now);
  }

  /** A flood for one reason does not push out what was refused for others. */
  private void makeRoom(Reason reason) {
    List<Key> alike = recent.keySet().stream().filter(key -> key.reason == reason).toList();
    recent.remove(
        alike.size() >= MAX_REMEMBERED / 2 ? alike.get(0) : recent.keySet().iterator().next());
  }

  private boolean isToBeLogged(Reason reason, long now) {
    Long last = loggedAt.get(reason);
    if (last != null && now - last < LOG_NANOS) {
      return false;
    }
    loggedAt.put(reason, now);
    return true;
  }
}

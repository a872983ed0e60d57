package io.gossip.swim;

import io.gossip.membership.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One probe under way: whom, by which paths, and what has come back. A struct of {@link Prober}.
 */
final class Probe {

  /** Why a member is probed, which settles what a failure means. */
  enum Kind {
    /** It is its turn. */
    ROUND,
    /** Somebody accuses it, or a call to it failed. */
    VERIFY,
    /** There is a sign that its process is gone: TCP is tried at once. */
    URGENT,
    /** Its suspicion has run out: the last chance before the verdict. */
    LAST_LOOK,
    /** Only to hear it: a failure means nothing. */
    GREETING
  }

  final Kind kind;
  final long nonce;
  final Peer target;
  final long startedAt;

  /** How long answers count. */
  final long window;

  /** Relays asked that have not said anything yet. */
  final List<Peer> silentRelays = new ArrayList<>();

  int relaysAsked;
  int relaysNacked;

  /** Whether the target's zone was held when it began: then only the target itself is asked. */
  boolean begunHeld;

  /** Whether the direct answer is late. */
  boolean late;

  /** Whether the relays and TCP have been asked. */
  boolean widened;

  /** What TCP said; {@code null} while it is tried, or if it is not. */
  @Nullable Evidence streamEvidence;

  boolean streamAsked;
  boolean streamPending;

  Probe(Kind kind, long nonce, Peer target, long now, long window) {
    this.kind = kind;
    this.nonce = nonce;
    this.target = target;
    this.startedAt = now;
    this.window = window;
  }

  /** Whether nothing more can come: every relay has said no, and TCP has had its say. */
  boolean isExhausted() {
    return widened && silentRelays.isEmpty() && !streamPending;
  }

  /** What the failure of this probe shows. */
  Evidence evidence() {
    return streamEvidence == null ? Evidence.UNANSWERED : streamEvidence;
  }
}

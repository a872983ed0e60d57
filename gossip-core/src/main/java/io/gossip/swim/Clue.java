package io.gossip.swim;

import io.gossip.membership.Evidence;
import io.gossip.membership.TrailEntry;
import io.gossip.membership.TrailEntry.Step;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing that spoke for or against a member, as small as it can be kept: the words are found
 * when somebody asks.
 *
 * @param at when
 * @param note what happened
 * @param by whose word it is
 * @param evidence what an accuser found
 * @param accuserHealth local health score of {@code by}; -1 if it is not known
 * @param memberHealth local health score of the member; -1 if it is not known
 * @param roundTripMicros smoothed round-trip time to the member; -1 if it is not known
 * @param millis how long, in the sense of the note
 * @param count how many, in the sense of the note
 * @param of of how many
 */
record Clue(
    long at,
    Note note,
    String by,
    @Nullable Evidence evidence,
    byte accuserHealth,
    byte memberHealth,
    int roundTripMicros,
    int millis,
    byte count,
    byte of) {

  /** What happened, and what the numbers beside it say. */
  enum Note {
    /** A probe in turn failed; millis: how long it lasted; count of so many relays said no. */
    PROBED(Step.PROBE_FAILED),
    /** A probe because of others' accusations failed; likewise. */
    VERIFIED(Step.PROBE_FAILED),
    /** A probe because of a sign that the process is gone failed; likewise. */
    SOUGHT(Step.PROBE_FAILED),
    /** A watch link ended; millis: how long it had lasted. */
    LINK_LOST(Step.LINK_LOST),
    /** The application reported a failed call. */
    CALL_FAILED(Step.CALL_FAILED),
    /** Accused; millis: the timer, by how many accusers of those that are waited for. */
    BY_ACCUSERS(Step.ACCUSED),
    /** Accused; millis: the timer, the least because not even the host answers. */
    HOST_SILENT(Step.ACCUSED),
    /** Accused; millis: the timer, longer because the host takes connections. */
    HOST_REACHED(Step.ACCUSED),
    /** Accused; millis: the timer, the least because there is nobody else to ask. */
    NOBODY_TO_ASK(Step.ACCUSED),
    /** Accused; millis: the timer, the least anew after nobody was heard. */
    AFTER_DEAFNESS(Step.ACCUSED),
    /** Accused by somebody of whom this node learned with the verdict. */
    WITH_VERDICT(Step.ACCUSED),
    /** Suspected with its zone; millis: for how long nobody of it is declared dead. */
    ZONE_CUT_OFF(Step.ACCUSED),
    /** The verdict waits, as what may refute it is unread. */
    INPUT_WAITING(Step.PUT_OFF),
    /** The verdict waits, as this process has just been paused. */
    JUST_PAUSED(Step.PUT_OFF),
    /** The verdict waits, as those who accuse the member look first. */
    ACCUSERS_FIRST(Step.PUT_OFF),
    /** The verdict waits, as too many fall due at once. */
    STORM(Step.PUT_OFF),
    /** The verdict waits for its turn: other last looks are under way. */
    LOOKS_UNDER_WAY(Step.PUT_OFF),
    /** The verdict waits, as this node hears nobody. */
    DEAF(Step.PUT_OFF),
    /** The verdict waits, as the member's zone is not heard. */
    ZONE_SILENT(Step.PUT_OFF),
    /** The verdict waits for another look: this node has reason to doubt itself. */
    IN_DOUBT(Step.PUT_OFF),
    /** A last look found nothing; millis: how long it lasted. */
    LAST_LOOK(Step.LAST_LOOK_FAILED),
    /** A packet came from it; millis: how long the suspicion had run. */
    HEARD(Step.REFUTED),
    /** It answered a relay. */
    RELAYED(Step.REFUTED),
    /** It answered over TCP. */
    STREAMED(Step.REFUTED),
    /** It answered the last look. */
    LOOKED_AT(Step.REFUTED),
    /** Enough of its zone answered. */
    ZONE_BACK(Step.REFUTED),
    /** It has raised its incarnation. */
    RAISED(Step.REFUTED),
    /** Its suspicion ran out and a last look found nothing; millis: how long it had run. */
    RAN_OUT(Step.DEAD),
    /** Enough members found a crash; count: how many. */
    PROVEN(Step.DEAD),
    /** Another process is at its address. */
    REPLACED(Step.DEAD),
    /** Others have declared it dead. */
    TOLD(Step.DEAD),
    /** It is back in the same life; millis: how long it was dead. */
    RETURNED(Step.RETURNED),
    /** A new process bears its name. */
    RESTARTED(Step.RESTARTED);

    private final Step step;

    Note(Step step) {
      this.step = step;
    }

    Step step() {
      return step;
    }
  }

  /** Whether the other says the same, of another time. */
  boolean repeats(Clue other) {
    return note == other.note && by.equals(other.by);
  }

  /** Whether what was found before it counts no more. */
  boolean settles() {
    return switch (note.step()) {
      case REFUTED, DEAD, RETURNED, RESTARTED -> true;
      default -> false;
    };
  }

  /** When what it tells of began, which a probe does before it fails. */
  long began() {
    boolean probe = note.step() == Step.PROBE_FAILED;
    return probe ? at - millis * 1_000_000L : at;
  }

  /** As it is told at this time. */
  TrailEntry told(long now) {
    boolean timed =
        switch (note.step()) {
          case ACCUSED -> note != Note.WITH_VERDICT;
          case PROBE_FAILED, LAST_LOOK_FAILED -> true;
          default -> false;
        };
    return new TrailEntry(
        Duration.ofNanos(Math.max(0, now - at)),
        note.step(),
        by,
        evidence,
        accuserHealth,
        memberHealth,
        roundTripMicros < 0 ? null : Duration.ofNanos(roundTripMicros * 1_000L),
        timed ? Duration.ofMillis(millis) : null,
        detail());
  }

  private String detail() {
    return switch (note) {
      case PROBED -> probe("a ping in turn");
      case VERIFIED -> probe("a ping because others accuse it");
      case SOUGHT -> probe("a ping because of a sign that its process is gone");
      case LINK_LOST -> "its connection to this node ended without a word after " + time();
      case CALL_FAILED -> "a call of this application to it failed";
      case BY_ACCUSERS ->
          timer() + ", with " + count + " of the " + of + " accusers that shorten it to the least";
      case HOST_SILENT -> timer() + ", the least, as not even its host answers";
      case HOST_REACHED -> timer() + ", as its host takes connections: it may be paused";
      case NOBODY_TO_ASK -> timer() + ", the least, as there are not enough others to confirm it";
      case AFTER_DEAFNESS -> timer() + ", the least, anew after nobody had been heard";
      case WITH_VERDICT -> "as told with the verdict";
      case ZONE_CUT_OFF ->
          "its zone is cut off: for " + time() + " nobody of it is declared dead for being silent";
      case INPUT_WAITING -> "put off " + time() + ": input is unread that may refute it";
      case JUST_PAUSED -> "put off " + time() + ": this process had paused";
      case ACCUSERS_FIRST -> "put off " + time() + ": those who accuse it look first";
      case STORM -> "put off " + time() + ": too many verdicts at once";
      case LOOKS_UNDER_WAY -> "put off " + time() + ": other last looks are under way";
      case DEAF -> "put off: this node hears nobody itself";
      case ZONE_SILENT -> "put off: its whole zone is silent";
      case IN_DOUBT -> "put off: this node has reason to doubt itself, and nobody confirms it";
      case LAST_LOOK -> "several pings on all paths within " + time() + " found nothing";
      case HEARD -> "a packet came from it" + afterSuspicion();
      case RELAYED -> "it answered a relay" + afterSuspicion();
      case STREAMED -> "it answered over TCP" + afterSuspicion();
      case LOOKED_AT -> "it answered the last look before the verdict" + afterSuspicion();
      case ZONE_BACK -> "its zone is heard again" + afterSuspicion();
      case RAISED -> "it refuted the suspicion itself" + afterSuspicion();
      case RAN_OUT -> "nothing refuted the suspicion, and a last look found nothing";
      case PROVEN ->
          count == 1 ? "its process is proven gone" : "its process is gone, as " + count + " found";
      case REPLACED -> "another process answers at its address";
      case TOLD -> by + " declared it dead";
      case RETURNED -> "it answers again, " + time() + " after it had been declared dead";
      case RESTARTED -> "a new process bears its name";
    };
  }

  private String probe(String why) {
    StringBuilder text = new StringBuilder(why);
    text.append(" found no answer within ").append(time());
    if (of > 0) {
      text.append("; of ").append(of).append(" relays ").append(count);
      text.append(" could not reach it, and ").append(of - count).append(" said nothing");
    }
    if (evidence != null) {
      text.append("; over TCP: ").append(evidence.sentence());
    }
    return text.toString();
  }

  private String time() {
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      int tenths = (millis + 50) / 100;
      return tenths / 10 + "." + tenths % 10 + " s";
    }
    int seconds = millis / 1_000;
    return seconds < 7_200 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds / 3_600 + " h";
  }

  private String timer() {
    return "it has " + time() + " to show that it lives";
  }

  private String afterSuspicion() {
    return ", " + time() + " after the suspicion arose";
  }
}

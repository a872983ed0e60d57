package io.gossip.spring.actuate;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which members are to be told of, and of how many at most.
 *
 * @param zone their zone; {@code null} for any
 * @param state how they stand; {@code null} for anyhow
 * @param member their name; {@code null} for any
 * @param limit how many at most
 */
record MemberQuery(
    @Nullable String zone, @Nullable MemberStatus state, @Nullable String member, int limit) {

  /** Members that are told of unless asked otherwise. */
  static final int DEFAULT_LIMIT = 100;

  /** What meters and counts call members that are DEAD. */
  private static final String FAILED = "FAILED";

  /**
   * How members are to stand, as meters or members call it; anyhow without a text.
   *
   * @throws IllegalArgumentException if it is neither's word
   */
  static @Nullable MemberStatus state(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String word = text.strip().toUpperCase(Locale.ROOT);
    try {
      return word.equals(FAILED) ? MemberStatus.DEAD : MemberStatus.valueOf(word);
    } catch (IllegalArgumentException e) {
      String words = Arrays.toString(MemberStatus.values()) + " or " + FAILED + ", which is DEAD";
      throw EventQuery.wrong("state", "be of " + words, text, e);
    }
  }

  /**
   * How many members to tell of; {@code null} without a text.
   *
   * @throws IllegalArgumentException if it is no number
   */
  static @Nullable Integer limit(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw EventQuery.wrong("limit", "be a number of 0 to " + Integer.MAX_VALUE, text, e);
    }
  }

  /** What a request asks for. */
  static MemberQuery of(
      @Nullable String zone,
      @Nullable MemberStatus state,
      @Nullable String member,
      @Nullable Integer limit) {
    return new MemberQuery(zone, state, member, limit == null ? DEFAULT_LIMIT : Math.max(0, limit));
  }

  boolean selects(Member candidate) {
    return (zone == null || zone.equals(candidate.zone()))
        && (state == null || state == candidate.status())
        && (member == null || member.equals(candidate.id().value()));
  }
}

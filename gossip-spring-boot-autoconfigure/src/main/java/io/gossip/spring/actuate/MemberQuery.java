package io.gossip.spring.actuate;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which members are to be told of, and of how many at most.
 *
 * @param zone their zone; {@code null} for any
 * @param state how they stand; {@code null} for anyhow
 * @param limit how many at most
 */
record MemberQuery(@Nullable String zone, @Nullable MemberStatus state, int limit) {

  /** Members that are told of unless asked otherwise. */
  static final int DEFAULT_LIMIT = 100;

  /** What a request asks for. */
  static MemberQuery of(
      @Nullable String zone, @Nullable MemberStatus state, @Nullable Integer limit) {
    return new MemberQuery(zone, state, limit == null ? DEFAULT_LIMIT : Math.max(0, limit));
  }

  boolean selects(Member member) {
    return (zone == null || zone.equals(member.zone()))
        && (state == null || state == member.status());
  }
}

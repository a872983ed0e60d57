package io.gossip.netty;

import io.gossip.membership.Member;

/**
 * Whom the application wants to have among the members. Give all members the same one: who is
 * refused by some only is a member for the others.
 */
@FunctionalInterface
public interface MemberFilter {

  /**
   * Whether this member may be one, asked when it joins and when it is first heard of, and again
   * when it was restarted, or says that it is at another address. Its state is not known yet.
   * Called on the I/O thread, where it must not block; if it throws, the member is refused.
   */
  boolean accepts(Member member);
}

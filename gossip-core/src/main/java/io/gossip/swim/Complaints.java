package io.gossip.swim;

import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.SwimStats.Drop;

/**
 * What is wrong with the word of others: counted, and handed out for people to see. Who passes on
 * news has checked it before, so whoever brings forged news has forged it, or does not check. It is
 * named only if it is proven who that is: one that lies would rather have an honest member named.
 */
final class Complaints {

  private final Source source;
  private final SwimStats stats;
  private final Output output;

  Complaints(Source source, SwimStats stats, Output output) {
    this.source = source;
    this.stats = stats;
    this.output = output;
  }

  /** What has just come about this subject is not signed by whom it would have to be. */
  void forged(String what, Object subject) {
    stats.drop(Drop.FORGED);
    output.refused(source.proven(), Misconduct.FORGED, what + " of " + subject);
  }

  /** The accuser, who has signed it, is not listened to for a while. */
  void silenced(Peer accuser, int wrong) {
    stats.add(Counter.ACCUSERS_SILENCED);
    output.refused(
        accuser.address(),
        Misconduct.ACCUSER,
        accuser.member.id() + " accused " + wrong + " members that refuted");
  }
}

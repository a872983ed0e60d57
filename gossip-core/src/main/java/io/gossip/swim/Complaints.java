package io.gossip.swim;

import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.SwimStats.Drop;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the word of others: counted, and handed out for people to see. Who passes on
 * news has checked it before, so whoever brings forged news has forged it, or does not check.
 */
final class Complaints {

  private final SwimStats stats;
  private final Output output;
  private @Nullable InetSocketAddress source;

  Complaints(SwimStats stats, Output output) {
    this.stats = stats;
    this.output = output;
  }

  /** What comes now is from there; {@code null} if that is not known. */
  void hear(@Nullable InetSocketAddress from) {
    source = from;
  }

  /** What has just come about this subject is not signed by whom it would have to be. */
  void forged(String what, Object subject) {
    stats.drop(Drop.FORGED);
    if (source != null) {
      output.refused(source, Misconduct.FORGED, what + " of " + subject);
    }
  }

  /** The accuser is not listened to for a while. */
  void silenced(Peer accuser, int wrong) {
    stats.add(Counter.ACCUSERS_SILENCED);
    output.refused(
        accuser.address(),
        Misconduct.ACCUSER,
        accuser.member.id() + " accused " + wrong + " members that refuted");
  }
}

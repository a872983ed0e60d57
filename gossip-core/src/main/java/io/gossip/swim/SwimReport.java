package io.gossip.swim;

import io.gossip.membership.Accusation;
import io.gossip.membership.Member;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state machine's account of itself, for people: built on request, too costly for each packet.
 *
 * @param phase where it is in its life
 * @param localHealth Lifeguard's score; 0 is healthy
 * @param rumors updates waiting to be told
 * @param agreeing share of the members heard in the last probe round that had the same view, 0 to
 *     1; 1 when none was heard
 * @param watched members that this node watches over streams, and would learn of at once if their
 *     processes ended
 * @param toWatch how many it should watch so
 * @param unreachableZones zones and regions that are cut off, by name
 * @param narrowPaths members that were found to get small datagrams and no large ones
 * @param seeds what is known of each seed, in the order configured
 * @param members what is known of each active and departed member, ordered by id
 */
public record SwimReport(
    Phase phase,
    int localHealth,
    int rumors,
    double agreeing,
    int watched,
    int toWatch,
    List<String> unreachableZones,
    int narrowPaths,
    List<SeedReport> seeds,
    List<MemberReport> members) {

  /** Where a state machine is in its life. */
  public enum Phase {
    /** Has no seeds, or has not tried them; hears nobody yet. */
    ALONE,
    /** Tries its seeds; none has taken it in yet. */
    JOINING,
    /** Is one of at least two. */
    JOINED,
    /** Heard others once and hears nobody now, or most of them are under suspicion. */
    ISOLATED,
    /** Another live process bears its name; it is silent. */
    CONFLICT,
    /** Has told the others that it leaves. */
    LEAVING,
    /** All it could reach know that it left. */
    LEFT
  }

  /**
   * A seed.
   *
   * @param seed as configured
   * @param resolved its addresses at the last look-up
   * @param reachable whether the last attempt was answered; {@code null} before the first
   * @param lastContact time since it last answered; {@code null} if never
   * @param problem why the last attempt failed, for a person; {@code null} if it did not
   */
  public record SeedReport(
      Seed seed,
      List<InetSocketAddress> resolved,
      @Nullable Boolean reachable,
      @Nullable Duration lastContact,
      @Nullable String problem) {}

  /**
   * A member.
   *
   * @param since time since it has this status here
   * @param lastHeard time since it was last heard directly; {@code null} if never
   * @param roundTrip smoothed round-trip time; {@code null} if not measured
   * @param accusations who suspects it, and why
   */
  public record MemberReport(
      Member member,
      Duration since,
      @Nullable Duration lastHeard,
      @Nullable Duration roundTrip,
      List<Accusation> accusations) {}
}

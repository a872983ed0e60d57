package io.gossip.spring.history;

import io.gossip.membership.Accusation;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.MembershipEvent.Joined;
import io.gossip.spring.service.ServiceRecord;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the node says, as transitions. */
public final class Transitions {

  private Transitions() {}

  /**
   * An event in words.
   *
   * @param view the view right after it
   * @return {@code null} for an update of nothing that matters to who looks back, such as a weight
   */
  public static @Nullable Transition of(MembershipEvent event, Membership view) {
    Member member = event.member();
    if (event instanceof Joined joined) {
      return of(TransitionType.JOINED, member, joined(joined));
    }
    if (event instanceof MembershipEvent.Updated updated) {
      String changes = Changes.between(updated.previous(), member);
      return changes == null ? null : of(TransitionType.UPDATED, member, changes);
    }
    if (event instanceof MembershipEvent.Restarted) {
      return of(TransitionType.RESTARTED, member, "a new process at " + place(member.address()));
    }
    if (event instanceof MembershipEvent.Suspected suspected) {
      return of(
          TransitionType.SUSPECTED, member, suspected.reason(), names(suspected.accusations()));
    }
    if (event instanceof MembershipEvent.Recovered recovered) {
      return of(TransitionType.RECOVERED, member, recovered.reason());
    }
    if (event instanceof MembershipEvent.Failed failed) {
      return of(TransitionType.FAILED, member, failed.reason(), names(failed.accusations()));
    }
    if (event instanceof MembershipEvent.Left) {
      return of(TransitionType.LEFT, member, "it said that it leaves");
    }
    if (event instanceof MembershipEvent.Forgotten) {
      return of(TransitionType.FORGOTTEN, member, "it is no longer kept");
    }
    return ofNode(event, view);
  }

  private static Transition ofNode(MembershipEvent event, Membership view) {
    Member self = event.member();
    if (event instanceof MembershipEvent.ZoneUnreachable cut) {
      String reason = "cut off; its " + cut.members().size() + " members are kept, and used last";
      return ofZone(TransitionType.ZONE_UNREACHABLE, self, cut.zone(), reason);
    }
    if (event instanceof MembershipEvent.ZoneReachable healed) {
      String reason = "answers again; " + healed.members().size() + " members are back";
      return ofZone(TransitionType.ZONE_REACHABLE, self, healed.zone(), reason);
    }
    if (event instanceof MembershipEvent.Isolated) {
      return of(TransitionType.ISOLATED, self, "it hears nobody, or few; the last view is kept");
    }
    if (event instanceof MembershipEvent.Connected) {
      String members = "; " + view.members().size() + " members";
      return of(TransitionType.CONNECTED, self, "it hears most of the others" + members);
    }
    if (event instanceof MembershipEvent.Conflict conflict) {
      String reason = "another live process bears this name, at " + place(conflict.other());
      return of(TransitionType.CONFLICT, self, reason);
    }
    throw new AssertionError(event);
  }

  /** Events were dropped; if none was, this node has been stopped and started. */
  public static Transition resync(Membership view, int dropped) {
    String why =
        dropped == 0
            ? "this node has started again"
            : dropped + " events came too fast and were dropped";
    String reason = why + "; " + view.members().size() + " members";
    return of(TransitionType.RESYNC, view.self(), reason);
  }

  private static Transition of(TransitionType type, Member member, String reason) {
    return of(type, member, reason, List.of());
  }

  private static Transition of(TransitionType type, Member member, String reason, List<String> by) {
    return new Transition(
        type, member.id().value(), member.zone(), ServiceRecord.serviceId(member), reason, by);
  }

  private static Transition ofZone(TransitionType type, Member self, String zone, String reason) {
    return new Transition(type, self.id().value(), zone, null, reason, List.of());
  }

  private static String joined(Joined joined) {
    String place = place(joined.member().address());
    if (joined.isRestart()) {
      return "a new process at " + place + ", under a name that had failed or left";
    }
    return (joined.previous() == null ? "new here, at " : "back, at ") + place;
  }

  private static List<String> names(List<Accusation> accusations) {
    return accusations.stream().limit(Transition.MAX_BY).map(Accusation::accuser).toList();
  }

  /** An address without asking anybody for its name. */
  static String place(InetSocketAddress address) {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}

package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.service.ServiceChange;
import io.gossip.spring.service.ServiceRecord;
import io.gossip.spring.service.ServiceStatus;
import io.gossip.spring.service.ServiceTracker;
import io.gossip.swim.SwimStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the node says, in the application's words. Called for every event, in order. */
final class EventTranslator {

  private final GossipNode node;
  private final boolean suspicion;
  private final ServiceTracker services;

  /** The run that was told of: a node counts anew from each start. */
  private @Nullable SwimStats run;

  private boolean joined;

  EventTranslator(GossipNode node, boolean suspicion, boolean includeSelf) {
    this.node = node;
    this.suspicion = suspicion;
    this.services = new ServiceTracker(includeSelf);
  }

  /**
   * The node has started, for the first time or again; told once for each start. What was known
   * from the start before is found anew.
   */
  List<GossipEvent> started(Membership view) {
    List<GossipEvent> events = new ArrayList<>();
    SwimStats now = node.stats();
    if (!isTold(now)) {
      joined = false;
      events.add(new GossipNodeStartedEvent(node, view));
      if (run != null) {
        addServices(events, view, services.resync(view));
      }
      run = now;
    }
    return events;
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean isTold(SwimStats now) {
    return run == now;
  }

  List<GossipEvent> resync(Membership view, int dropped) {
    List<GossipEvent> events = started(view);
    events.add(new GossipResyncEvent(node, view, dropped));
    addServices(events, view, services.resync(view));
    return events;
  }

  List<GossipEvent> translate(MembershipEvent event, Membership view) {
    List<GossipEvent> events = started(view);
    GossipEvent translated = event(event, view);
    if (translated != null) {
      events.add(translated);
    }
    addStatus(events, event, view);
    for (Member member : subjects(event)) {
      addServices(events, view, services.apply(member, view.self().id()));
    }
    return events;
  }

  private @Nullable GossipEvent event(MembershipEvent event, Membership view) {
    Member member = event.member();
    if (event instanceof MembershipEvent.Joined joined) {
      return new MemberJoinedEvent(node, view, joined);
    }
    if (event instanceof MembershipEvent.Updated updated) {
      return new MemberUpdatedEvent(node, view, member, updated.previous());
    }
    if (event instanceof MembershipEvent.Restarted restarted) {
      return new MemberRestartedEvent(node, view, member, restarted.previous());
    }
    if (event instanceof MembershipEvent.Suspected suspected) {
      return suspicion ? new MemberSuspectedEvent(node, view, suspected) : null;
    }
    if (event instanceof MembershipEvent.Recovered recovered) {
      return suspicion ? new MemberRecoveredEvent(node, view, recovered) : null;
    }
    if (event instanceof MembershipEvent.Failed failed) {
      return new MemberFailedEvent(node, view, failed);
    }
    if (event instanceof MembershipEvent.Left) {
      return new MemberLeftEvent(node, view, member);
    }
    if (event instanceof MembershipEvent.Forgotten) {
      return new MemberEvictedEvent(node, view, member);
    }
    return nodeEvent(event, view);
  }

  private GossipEvent nodeEvent(MembershipEvent event, Membership view) {
    if (event instanceof MembershipEvent.Isolated) {
      return new GossipIsolatedEvent(node, view);
    }
    if (event instanceof MembershipEvent.Connected) {
      boolean again = joined;
      joined = true;
      return again
          ? new GossipReconnectedEvent(node, view)
          : new GossipClusterJoinedEvent(node, view);
    }
    if (event instanceof MembershipEvent.ZoneUnreachable cut) {
      return new GossipZoneUnreachableEvent(node, view, cut.zone(), cut.members());
    }
    if (event instanceof MembershipEvent.ZoneReachable healed) {
      return new GossipZoneReachableEvent(node, view, healed.zone(), healed.members());
    }
    if (event instanceof MembershipEvent.Conflict conflict) {
      return new GossipConflictEvent(node, view, conflict.other());
    }
    throw new AssertionError(event);
  }

  /** The members that it leaves as they stand in it. */
  private static List<Member> subjects(MembershipEvent event) {
    if (event instanceof MembershipEvent.ZoneUnreachable cut) {
      return cut.members();
    }
    if (event instanceof MembershipEvent.ZoneReachable healed) {
      return healed.members();
    }
    boolean aboutNode =
        event instanceof MembershipEvent.Isolated
            || event instanceof MembershipEvent.Connected
            || event instanceof MembershipEvent.Conflict;
    return aboutNode ? List.of() : List.of(event.member());
  }

  private void addStatus(List<GossipEvent> events, MembershipEvent event, Membership view) {
    Member previous =
        event instanceof MembershipEvent.Updated updated
            ? updated.previous()
            : event instanceof MembershipEvent.Restarted restarted ? restarted.previous() : null;
    if (previous == null) {
      return;
    }
    ServiceStatus from = status(previous);
    ServiceStatus to = status(event.member());
    if (!Objects.equals(from, to)) {
      events.add(new MemberStatusChangedEvent(node, view, event.member(), from, to));
    }
  }

  private static @Nullable ServiceStatus status(Member member) {
    ServiceRecord service = ServiceRecord.read(member);
    return service == null ? null : service.status();
  }

  private void addServices(List<GossipEvent> events, Membership view, List<ServiceChange> changes) {
    for (ServiceChange change : changes) {
      events.add(new ServiceInstancesChangedEvent(node, view, change));
    }
  }
}

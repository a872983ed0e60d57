package io.gossip.spring.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTrackerTest {

  private static final NodeId SELF = new NodeId("self");
  private static final Member A = Members.serving("a", "stock", 81);
  private static final Member B = Members.serving("b", "stock", 82);

  private final ServiceTracker tracker = new ServiceTracker(true);

  @Test
  void aNewInstanceIsAdded() {
    ServiceChange change = only(tracker.apply(A, SELF));
    assertThat(change.serviceId()).isEqualTo("stock");
    assertThat(ids(change.added())).containsExactly("a");
    assertThat(change.removed()).isEmpty();
    assertThat(ids(only(tracker.apply(B, SELF)).instances())).containsExactly("a", "b");
  }

  @Test
  void anInstanceThatFailsOrWillNotBeCalledIsRemoved() {
    tracker.apply(A, SELF);
    tracker.apply(B, SELF);
    ServiceChange leaving = only(tracker.apply(Members.with(A, "service.status", "LEAVING"), SELF));
    assertThat(ids(leaving.removed())).containsExactly("a");
    ServiceChange failed = only(tracker.apply(B.with(MemberStatus.DEAD), SELF));
    assertThat(ids(failed.removed())).containsExactly("b");
    assertThat(failed.instances()).isEmpty();
  }

  @Test
  void suspicionChangesNothing() {
    tracker.apply(A, SELF);
    assertThat(tracker.apply(Members.suspected(A), SELF)).isEmpty();
    assertThat(tracker.apply(A, SELF)).isEmpty();
  }

  @Test
  void metadataChangesWithoutAnInstanceComingOrGoing() {
    tracker.apply(A, SELF);
    ServiceChange change = only(tracker.apply(Members.with(A, "meta.tier", "gold"), SELF));
    assertThat(change.added()).isEmpty();
    assertThat(change.removed()).isEmpty();
    assertThat(change.instances().get(0).service().metadata()).containsEntry("tier", "gold");
  }

  @Test
  void anotherPortIsAnotherPlace() {
    tracker.apply(A, SELF);
    ServiceChange change = only(tracker.apply(Members.with(A, "service.port", "99"), SELF));
    assertThat(change.removed().get(0).service().port()).isEqualTo(81);
    assertThat(change.added().get(0).service().port()).isEqualTo(99);
  }

  @Test
  void aMemberThatOffersAnotherServiceChangesBoth() {
    tracker.apply(A, SELF);
    List<ServiceChange> changes = tracker.apply(Members.with(A, "service.id", "orders"), SELF);
    assertThat(changes).extracting(ServiceChange::serviceId).containsExactly("orders", "stock");
    assertThat(ids(changes.get(0).added())).containsExactly("a");
    assertThat(ids(changes.get(1).removed())).containsExactly("a");
  }

  @Test
  void aViewAfterLostEventsGivesTheDifference() {
    tracker.apply(A, SELF);
    tracker.apply(B, SELF);
    Member self = Members.serving("self", "shop", 80);
    Member moved = Members.with(B, "service.port", "83");
    List<ServiceChange> changes = tracker.resync(Members.view(self, moved));
    assertThat(changes).extracting(ServiceChange::serviceId).containsExactly("shop", "stock");
    assertThat(ids(changes.get(1).removed())).containsExactly("a", "b");
    assertThat(ids(changes.get(1).added())).containsExactly("b");
    assertThat(tracker.resync(Members.view(self, moved))).isEmpty();
  }

  @Test
  void thisNodeCanBeLeftOut() {
    ServiceTracker others = new ServiceTracker(false);
    assertThat(others.apply(A, A.id())).isEmpty();
    assertThat(others.apply(B, A.id())).hasSize(1);
  }

  private static ServiceChange only(List<ServiceChange> changes) {
    assertThat(changes).hasSize(1);
    return changes.get(0);
  }

  private static List<String> ids(List<GossipInstance> instances) {
    return instances.stream().map(instance -> instance.member().id().value()).toList();
  }
}

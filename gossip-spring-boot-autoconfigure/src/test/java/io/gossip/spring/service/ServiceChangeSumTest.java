package io.gossip.spring.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceChangeSumTest {

  private static final NodeId SELF = new NodeId("self");
  private static final Member A = Members.serving("a", "stock", 81);
  private static final Member B = Members.serving("b", "stock", 82);

  private final ServiceTracker tracker = new ServiceTracker(true);
  private final ServiceChangeSum sum = new ServiceChangeSum();

  @Test
  void severalChangesOfAServiceAreOne() {
    apply(A);
    apply(B);
    apply(Members.serving("c", "orders", 83));
    List<ServiceChange> changes = sum.take();
    assertThat(changes).extracting(ServiceChange::serviceId).containsExactly("orders", "stock");
    assertThat(ids(changes.get(1).added())).containsExactly("a", "b");
    assertThat(ids(changes.get(1).instances())).containsExactly("a", "b");
    assertThat(changes.get(1).removed()).isEmpty();
    assertThat(sum.isEmpty()).isTrue();
  }

  @Test
  void anInstanceThatCameAndWentIsNeitherAddedNorRemoved() {
    apply(A);
    apply(A.with(MemberStatus.DEAD));
    ServiceChange change = sum.take().get(0);
    assertThat(change.added()).isEmpty();
    assertThat(change.removed()).isEmpty();
    assertThat(change.instances()).isEmpty();
  }

  @Test
  void anInstanceThatWentAndCameBackElsewhereIsBoth() {
    apply(A);
    sum.take();
    apply(A.with(MemberStatus.DEAD));
    apply(Members.with(A, "service.port", "99"));
    ServiceChange change = sum.take().get(0);
    assertThat(change.removed().get(0).service().port()).isEqualTo(81);
    assertThat(change.added().get(0).service().port()).isEqualTo(99);
  }

  private void apply(Member member) {
    tracker.apply(member, SELF).forEach(sum::add);
  }

  private static List<String> ids(List<GossipInstance> instances) {
    return instances.stream().map(instance -> instance.member().id().value()).toList();
  }
}

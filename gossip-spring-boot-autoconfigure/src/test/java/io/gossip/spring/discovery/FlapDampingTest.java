package io.gossip.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.service.GossipServices;
import io.gossip.spring.service.Members;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.ServiceInstance;

/** Which instances are called first when some come and go. */
class FlapDampingTest {

  private static final Member SELF = Members.member("self", Map.of());
  private static final Member A = Members.at(Members.serving("a", "stock", 81), 2);
  private static final Member B = Members.at(Members.serving("b", "stock", 82), 3);
  private static final Member C = Members.at(Members.serving("c", "stock", 83), 4);

  private final AtomicReference<Membership> view =
      new AtomicReference<>(Members.view(SELF, A, B, C));
  private final FlapScores scores =
      new FlapScores(
          new GossipProperties.FlapDamping(
              true, Duration.ofMinutes(5), 2000, 750, Duration.ofMinutes(20)));
  private final ServiceInstances instances =
      new ServiceInstances(new GossipServices(view::get, true), scores, null);

  @Test
  void whoComesAndGoesIsCalledLastAndStaysListed() {
    assertThat(preferred()).containsExactly("a", "b", "c");
    flap(A);
    assertThat(preferred()).containsExactly("b", "c");
    assertThat(ids(instances.all("stock"))).containsExactly("a", "b", "c");
    assertThat(ids(new GossipDiscoveryClient(instances, true, 0).getInstances("stock")))
        .containsExactly("a", "b", "c");
  }

  @Test
  void whoBeginsToComeAndGoIsNoticedAtTheNextCall() {
    Member d = Members.at(Members.serving("d", "stock", 84), 5);
    view.set(Members.view(SELF, A, B, C, d));
    flap(A);
    assertThat(preferred()).containsExactly("b", "c", "d");
    flap(B);
    assertThat(preferred()).containsExactly("c", "d");
  }

  @Test
  void whenAllComeAndGoAllAreCalled() {
    flap(A);
    flap(B);
    flap(C);
    assertThat(preferred()).containsExactly("a", "b", "c");
  }

  @Test
  void aFewSteadyOnesNeedNotCarryItAll() {
    flap(A);
    flap(B);
    assertThat(preferred()).containsExactly("a", "b", "c");
  }

  @Test
  void aSuspectIsCalledAfterOneThatComesAndGoes() {
    flap(A);
    view.set(Members.view(SELF, A, Members.suspected(B), Members.suspected(C)));
    assertThat(preferred()).containsExactly("a");
    assertThat(ids(instances.preferred("stock", false))).containsExactly("b", "c");
  }

  @Test
  void aCallMakesNothingWhileNothingChanges() {
    flap(A);
    List<ServiceInstance> first = instances.preferred("stock", true);
    assertThat(instances.preferred("stock", true)).isSameAs(first);
    view.set(Members.view(SELF, A, B));
    assertThat(preferred()).containsExactly("b");
    view.set(Members.view(SELF, A));
    assertThat(preferred()).containsExactly("a");
    view.set(Members.view(SELF));
    assertThat(preferred()).isEmpty();
  }

  @Test
  void whereItDoesNotMatterNobodyIsPutLast() {
    flap(A);
    ServiceInstances indifferent = new ServiceInstances(new GossipServices(view::get, true));
    assertThat(ids(indifferent.preferred("stock", true))).containsExactly("a", "b", "c");
  }

  private void flap(Member member) {
    Membership now = Members.view(SELF, member);
    Member dead = member.with(MemberStatus.DEAD);
    for (int i = 0; i < 3; i++) {
      scores.onEvent(new MembershipEvent.Failed(dead, List.of(), Duration.ofSeconds(1)), now);
      scores.onEvent(new MembershipEvent.Joined(member, dead), now);
    }
  }

  private List<String> preferred() {
    return ids(instances.preferred("stock", true));
  }

  private static List<String> ids(List<ServiceInstance> instances) {
    return instances.stream().map(ServiceInstance::getInstanceId).toList();
  }
}

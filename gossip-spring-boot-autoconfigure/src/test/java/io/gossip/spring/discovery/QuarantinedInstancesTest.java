package io.gossip.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.spring.quarantine.Quarantine;
import io.gossip.spring.service.GossipServices;
import io.gossip.spring.service.Members;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.ServiceInstance;

class QuarantinedInstancesTest {

  private static final Member SELF = Members.member("self", Map.of());
  private static final Member A = Members.serving("a", "stock", 81);
  private static final Member B = Members.serving("b", "stock", 82);
  private static final Member C = Members.serving("c", "stock", 83);

  private final AtomicReference<Membership> view =
      new AtomicReference<>(Members.view(SELF, A, B, C));
  private final Quarantine quarantine = new Quarantine(Duration.ofMinutes(1));
  private final ServiceInstances instances =
      new ServiceInstances(new GossipServices(view::get, true), null, quarantine);

  @Test
  void whoCouldNotBeReachedIsLeftOutAsLongAsAnotherRemains() {
    quarantine.failed(A.identity());
    assertThat(preferred()).containsExactly("b", "c");
    quarantine.failed(C.identity());
    assertThat(preferred()).containsExactly("b");
    quarantine.failed(B.identity());
    assertThat(preferred()).containsExactly("a", "b", "c");
    quarantine.reached(B.identity());
    assertThat(preferred()).containsExactly("b");
  }

  @Test
  void aSuspectIsBetterThanOneThatCouldNotBeReached() {
    view.set(Members.view(SELF, A, Members.suspected(B)));
    assertThat(preferred()).containsExactly("a");
    quarantine.failed(A.identity());
    assertThat(preferred()).containsExactly("b");
    quarantine.failed(B.identity());
    assertThat(preferred()).containsExactly("a");
  }

  @Test
  void theDiscoveryClientShowsItAllTheSame() {
    quarantine.failed(A.identity());
    assertThat(instances.all("stock")).hasSize(3);
  }

  @Test
  void aRestartedMemberIsCalledAtOnce() {
    quarantine.failed(A.identity());
    assertThat(preferred()).containsExactly("b", "c");
    view.set(Members.view(SELF, Members.restarted(A), B, C));
    assertThat(preferred()).containsExactly("a", "b", "c");
  }

  @Test
  void theListIsTheSameObjectUntilSomethingChanges() {
    quarantine.failed(A.identity());
    List<ServiceInstance> once = instances.preferred("stock", true);
    assertThat(instances.preferred("stock", true)).isSameAs(once);
    quarantine.failed(B.identity());
    assertThat(instances.preferred("stock", true)).isNotSameAs(once);
  }

  private List<String> preferred() {
    return instances.preferred("stock", true).stream().map(ServiceInstance::getInstanceId).toList();
  }
}

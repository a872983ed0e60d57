package io.gossip.spring.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.spring.discovery.ServiceInstances;
import io.gossip.spring.service.GossipServices;
import io.gossip.spring.service.Members;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

class GossipServiceInstanceListSupplierTest {

  private static final Member SELF = Members.member("self", Map.of());
  private static final Member A = Members.serving("a", "stock", 81);
  private static final Member B = Members.serving("b", "stock", 82);
  private static final ServiceInstance FOREIGN =
      new DefaultServiceInstance("foreign", "stock", "10.0.0.9", 90, false);

  private final AtomicReference<Membership> view = new AtomicReference<>(Members.view(SELF, A, B));
  private final ServiceInstances instances =
      new ServiceInstances(new GossipServices(view::get, true));

  @Test
  void eachCallSeesTheViewAsItIs() {
    ServiceInstanceListSupplier supplier = supplier(true);
    Flux<List<ServiceInstance>> list = supplier.get();
    assertThat(ids(list)).containsExactly("a", "b");
    view.set(Members.view(SELF, B));
    assertThat(ids(list)).containsExactly("b");
    assertThat(supplier.getServiceId()).isEqualTo("stock");
  }

  @Test
  void suspectsAreTheLastResortUnlessTheyAreWanted() {
    view.set(Members.view(SELF, Members.suspected(A), B));
    assertThat(ids(supplier(true).get())).containsExactly("b");
    assertThat(ids(supplier(false).get())).containsExactly("a", "b");
    view.set(Members.view(SELF, Members.suspected(A)));
    assertThat(ids(supplier(true).get())).containsExactly("a");
  }

  @Test
  void aServiceTheClusterDoesNotHaveIsLookedForElsewhere() {
    view.set(Members.view(SELF));
    assertThat(ids(supplier(true).get())).containsExactly("foreign");
  }

  @Test
  void anInstanceOfOursThatSomebodyCachedDoesNotComeBack() {
    ServiceInstance cached = instances.all("stock").get(0);
    view.set(Members.view(SELF));
    GossipServiceInstanceListSupplier supplier =
        new GossipServiceInstanceListSupplier(
            new Elsewhere(List.of(cached, FOREIGN)), instances, true);
    assertThat(ids(supplier.get())).containsExactly("foreign");
  }

  @Test
  void withoutAnybodyElseToAskThereIsNoInstance() {
    view.set(Members.view(SELF));
    GossipServiceInstanceListSupplier supplier =
        new GossipServiceInstanceListSupplier(new NowhereSupplier("stock"), instances, true);
    assertThat(ids(supplier.get())).isEmpty();
  }

  private ServiceInstanceListSupplier supplier(boolean avoidSuspects) {
    return new GossipServiceInstanceListSupplier(
        new Elsewhere(List.of(FOREIGN)), instances, avoidSuspects);
  }

  private static List<String> ids(Flux<List<ServiceInstance>> list) {
    List<ServiceInstance> first = list.blockFirst();
    assertThat(first).isNotNull();
    return first.stream().map(ServiceInstance::getInstanceId).toList();
  }

  private record Elsewhere(List<ServiceInstance> found) implements ServiceInstanceListSupplier {

    @Override
    public String getServiceId() {
      return "stock";
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
      return Flux.just(found);
    }
  }
}

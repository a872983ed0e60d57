package io.gossip.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.spring.service.GossipServices;
import io.gossip.spring.service.Members;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.ServiceInstance;
import reactor.core.publisher.Flux;

class ServiceInstancesTest {

  private static final Member SELF = Members.member("self", Map.of());
  private static final Member A = Members.serving("a", "stock", 81);
  private static final Member B = Members.serving("b", "stock", 82);

  private final AtomicReference<Membership> view = new AtomicReference<>(Members.view(SELF, A, B));
  private final ServiceInstances instances =
      new ServiceInstances(new GossipServices(view::get, true));

  @Test
  void aCallMakesNothingWhileNothingChanges() {
    List<ServiceInstance> first = instances.all("stock");
    view.set(Members.view(Members.with(SELF, "role", "x"), A, B));
    assertThat(instances.all("stock")).isSameAs(first);
  }

  @Test
  void whatDidNotChangeIsTakenOver() {
    List<ServiceInstance> first = instances.all("stock");
    view.set(Members.view(SELF, A, Members.suspected(B)));
    assertThat(instances.all("stock").get(0)).isSameAs(first.get(0));
    assertThat(instances.all("stock").get(1)).isNotSameAs(first.get(1));
  }

  @Test
  void suspectsAreTheLastResort() {
    view.set(Members.view(SELF, Members.suspected(A), B));
    assertThat(ids(instances.all("stock"))).containsExactly("a", "b");
    assertThat(ids(instances.preferred("stock", true))).containsExactly("b");
    assertThat(ids(instances.unsuspected("stock"))).containsExactly("b");
    view.set(Members.view(SELF, Members.suspected(A)));
    assertThat(ids(instances.preferred("stock", true))).containsExactly("a");
    assertThat(instances.unsuspected("stock")).isEmpty();
  }

  @Test
  void anUnknownServiceHasNoInstance() {
    assertThat(instances.all("nothing")).isEmpty();
    assertThat(instances.names()).containsExactly("stock");
  }

  @Test
  void theDiscoveryClientShowsSuspectsIfItIsTo() {
    view.set(Members.view(SELF, Members.suspected(A), B));
    assertThat(new GossipDiscoveryClient(instances, true, 0).getInstances("stock")).hasSize(2);
    assertThat(new GossipDiscoveryClient(instances, false, 0).getInstances("stock")).hasSize(1);
  }

  @Test
  void theReactiveClientReadsTheViewAtEachSubscription() {
    GossipReactiveDiscoveryClient client = new GossipReactiveDiscoveryClient(instances, true, 0);
    Flux<String> services = client.getServices();
    Flux<ServiceInstance> stock = client.getInstances("stock");
    assertThat(stock.collectList().block()).hasSize(2);
    view.set(Members.view(SELF, B, Members.serving("c", "orders", 83)));
    assertThat(stock.collectList().block()).hasSize(1);
    assertThat(services.collectList().block()).containsExactly("orders", "stock");
  }

  @Test
  void metadataSaysWhatOtherLibrariesLookFor() {
    Member member = Members.inZone(Members.with(A, "service.weight", "5"), "eu-1a");
    for (Map.Entry<String, String> entry :
        Map.of(
                "service.version", "1.4",
                "service.region", "eu",
                "service.port.grpc", "9090",
                "meta.tier", "gold")
            .entrySet()) {
      member = Members.with(member, entry.getKey(), entry.getValue());
    }
    view.set(Members.view(SELF, member));
    assertThat(instances.all("stock").get(0).getMetadata())
        .containsOnly(
            Map.entry("zone", "eu-1a"),
            Map.entry("region", "eu"),
            Map.entry("version", "1.4"),
            Map.entry("weight", "5"),
            Map.entry("port.grpc", "9090"),
            Map.entry("gRPC_port", "9090"),
            Map.entry("tier", "gold"));
  }

  @Test
  void anInstanceIsTheSameAfterItsMetadataChanged() {
    ServiceInstance before = instances.all("stock").get(0);
    view.set(Members.view(SELF, Members.with(A, "meta.tier", "gold"), B));
    ServiceInstance after = instances.all("stock").get(0);
    assertThat(after).isEqualTo(before).hasSameHashCodeAs(before).isNotSameAs(before);
    assertThat(after).isNotEqualTo(instances.all("stock").get(1));
  }

  @Test
  void anIpv6HostIsBracketed() {
    view.set(Members.view(SELF, Members.with(A, "service.host", "2001:db8::7")));
    ServiceInstance instance = instances.all("stock").get(0);
    assertThat(instance.getUri()).hasToString("http://[2001:db8::7]:81");
    assertThat(ServiceInstance.createUri(instance)).isEqualTo(instance.getUri());
  }

  private static List<String> ids(List<ServiceInstance> list) {
    return list.stream().map(ServiceInstance::getInstanceId).toList();
  }
}

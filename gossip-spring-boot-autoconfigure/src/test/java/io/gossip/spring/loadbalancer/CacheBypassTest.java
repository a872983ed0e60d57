package io.gossip.spring.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Membership;
import io.gossip.spring.discovery.ServiceInstances;
import io.gossip.spring.service.GossipServices;
import io.gossip.spring.service.Members;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.cache.DefaultLoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheProperties;
import org.springframework.cloud.loadbalancer.core.CachingServiceInstanceListSupplier;

class CacheBypassTest {

  private static final List<ServiceInstance> FOREIGN =
      List.of(new DefaultServiceInstance("foreign", "stock", "10.0.0.9", 90, false));
  private static final Membership VIEW =
      Members.view(Members.member("self", Map.of()), Members.serving("a", "stock", 81));
  private static final List<ServiceInstance> OURS =
      new ServiceInstances(new GossipServices(() -> VIEW, true)).all("stock");

  private final Cache cache = cache(new CacheBypass());

  private static Cache cache(CacheBypass bypass) {
    Object manager =
        bypass.postProcessAfterInitialization(
            new DefaultLoadBalancerCacheManager(new LoadBalancerCacheProperties()), "manager");
    Cache cache =
        ((LoadBalancerCacheManager) manager)
            .getCache(CachingServiceInstanceListSupplier.SERVICE_INSTANCE_CACHE_NAME);
    assertThat(cache).isNotNull();
    return cache;
  }

  @Test
  void aLookUpThatWasUnderWayWhenAnInstanceWentCannotPutItBack() {
    cache.put("stock", OURS); // comes after the instance has gone
    assertThat(cache.get("stock")).isNull();
    assertThat((Object) cache.get("stock", List.class)).isNull();
  }

  @Test
  void aLookUpThroughTheCacheIsMadeAnewEachTime() {
    assertThat(cache.get("stock", () -> OURS)).isSameAs(OURS);
    assertThat(cache.get("stock", () -> FOREIGN)).isSameAs(FOREIGN);
  }

  @Test
  void instancesOfOthersAreCachedAsEver() {
    cache.put("stock", FOREIGN);
    assertThat((Object) cache.get("stock", List.class)).isEqualTo(FOREIGN);
    assertThat(cache.get("stock", () -> OURS)).isEqualTo(FOREIGN);
    cache.evict("stock");
    assertThat(cache.get("stock")).isNull();
  }

  @Test
  void beansOfOtherKindsAreLeftAlone() {
    Object other = new Object();
    assertThat(new CacheBypass().postProcessAfterInitialization(other, "other")).isSameAs(other);
  }
}

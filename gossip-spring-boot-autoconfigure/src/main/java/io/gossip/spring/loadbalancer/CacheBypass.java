package io.gossip.spring.loadbalancer;

import io.gossip.spring.discovery.GossipServiceInstance;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.Cache;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;

/**
 * Keeps instances of the cluster out of the load balancer's cache, which would show them for up to
 * 35 s after they are gone. Where a user's own list of instances asks for caching, it is in vain
 * for these and works for all others. To evict them when they change would not do: a look-up that
 * is under way then puts the old list back.
 */
public final class CacheBypass implements BeanPostProcessor {

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    return bean instanceof LoadBalancerCacheManager manager
            && !(bean instanceof BypassingCacheManager)
        ? new BypassingCacheManager(manager)
        : bean;
  }

  private record BypassingCacheManager(LoadBalancerCacheManager manager)
      implements LoadBalancerCacheManager {

    @Override
    public @Nullable Cache getCache(String name) {
      Cache cache = manager.getCache(name);
      return cache == null ? null : new BypassingCache(cache);
    }

    @Override
    public Collection<String> getCacheNames() {
      return manager.getCacheNames();
    }
  }

  private record BypassingCache(Cache cache) implements Cache {

    @Override
    public String getName() {
      return cache.getName();
    }

    @Override
    public Object getNativeCache() {
      return cache.getNativeCache();
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
      return cache.get(key);
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
      return cache.get(key, type);
    }

    @Override
    public <T> @Nullable T get(Object key, Callable<T> loader) {
      ValueWrapper known = cache.get(key);
      if (known != null) {
        @SuppressWarnings("unchecked") // whatever was put under this key
        T value = (T) known.get();
        return value;
      }
      try {
        T loaded = loader.call();
        put(key, loaded);
        return loaded;
      } catch (Exception e) {
        throw new ValueRetrievalException(key, loader, e);
      }
    }

    @Override
    public void put(Object key, @Nullable Object value) {
      if (!hasOurs(value)) {
        cache.put(key, value);
      }
    }

    @Override
    public void evict(Object key) {
      cache.evict(key);
    }

    @Override
    public void clear() {
      cache.clear();
    }

    private static boolean hasOurs(@Nullable Object value) {
      return value instanceof Collection<?> list
          && list.stream().anyMatch(GossipServiceInstance.class::isInstance);
    }
  }
}

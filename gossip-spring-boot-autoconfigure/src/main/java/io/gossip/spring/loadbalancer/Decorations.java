package io.gossip.spring.loadbalancer;

import static org.springframework.cloud.loadbalancer.support.LoadBalancerEnvironmentPropertyUtils.equalToForClientOrDefault;
import static org.springframework.cloud.loadbalancer.support.LoadBalancerEnvironmentPropertyUtils.equalToOrMissingForClientOrDefault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplierBuilder;
import org.springframework.core.env.Environment;

/**
 * What {@code spring.cloud.loadbalancer.configurations} puts on top of a list of instances, for one
 * service or all. Values that need a list of their own, as health-check does, are left to Spring.
 */
final class Decorations {

  private static final String PROPERTY = "configurations";
  private static final String DEFAULT = "default";

  private Decorations() {}

  /** The decoration that the environment asks for; {@code null} if it is none of these. */
  static @Nullable UnaryOperator<ServiceInstanceListSupplierBuilder> of(
      Environment environment, boolean reactive) {
    if (equalToOrMissingForClientOrDefault(environment, PROPERTY, DEFAULT)) {
      return builder -> builder;
    }
    for (Map.Entry<String, UnaryOperator<ServiceInstanceListSupplierBuilder>> known :
        all(reactive).entrySet()) {
      if (equalToForClientOrDefault(environment, PROPERTY, known.getKey())) {
        return known.getValue();
      }
    }
    return null;
  }

  private static Map<String, UnaryOperator<ServiceInstanceListSupplierBuilder>> all(
      boolean reactive) {
    Map<String, UnaryOperator<ServiceInstanceListSupplierBuilder>> all = new LinkedHashMap<>();
    all.put("zone-preference", ServiceInstanceListSupplierBuilder::withZonePreference);
    all.put("weighted", ServiceInstanceListSupplierBuilder::withWeighted);
    all.put(
        "same-instance-preference", ServiceInstanceListSupplierBuilder::withSameInstancePreference);
    all.put(
        "request-based-sticky-session",
        ServiceInstanceListSupplierBuilder::withRequestBasedStickySession);
    all.put("subset", ServiceInstanceListSupplierBuilder::withSubset);
    all.put("hint", ServiceInstanceListSupplierBuilder::withHints);
    all.put(
        "api-version",
        reactive
            ? ServiceInstanceListSupplierBuilder::withReactiveApiVersioning
            : ServiceInstanceListSupplierBuilder::withBlockingApiVersioning);
    return all;
  }
}

package io.gossip.spring.autoconfigure;

import io.gossip.spring.GossipInstanceProperties;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.GossipSwimProperties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Warns at the start of properties in {@code gossip.*} that do not exist, and says what they may
 * have been meant to be. The start goes on: an application may keep values of its own there.
 * Environment variables and system properties are not looked at, as everywhere in Spring Boot.
 */
final class UnknownProperties implements SmartInitializingSingleton {

  /** All there is in {@code gossip.*}: prefix and what is bound there. */
  private static final Map<String, Class<?>> BOUND =
      Map.of(
          "gossip", GossipProperties.class,
          "gossip.instance", GossipInstanceProperties.class,
          "gossip.swim", GossipSwimProperties.class);

  /** Warnings beyond which there is no use in more. */
  private static final int MOST = 10;

  private static final Logger log = LoggerFactory.getLogger(UnknownProperties.class);

  private final Environment environment;

  UnknownProperties(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void afterSingletonsInstantiated() {
    find().stream().limit(MOST).forEach(log::warn);
  }

  /** One sentence for each, ordered by name. */
  List<String> find() {
    List<ConfigurationProperty> unknown = new ArrayList<>();
    BOUND.forEach((prefix, type) -> unknown.addAll(unbound(prefix, type)));
    unknown.sort(Comparator.comparing(ConfigurationProperty::getName));
    PropertyNames known = new PropertyNames(BOUND);
    return unknown.stream().map(property -> sentence(property, known)).toList();
  }

  private List<ConfigurationProperty> unbound(String prefix, Class<?> type) {
    BindHandler strict =
        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
    try {
      Binder.get(environment).bind(prefix, Bindable.of(type), strict);
      return List.of();
    } catch (BindException e) {
      if (e.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
        return unbound.getUnboundProperties().stream()
            .filter(property -> !isBoundBelow(prefix, property.getName()))
            .toList();
      }
      throw e;
    }
  }

  /** Whether the name belongs to what is bound at a longer prefix. */
  private static boolean isBoundBelow(String prefix, ConfigurationPropertyName name) {
    return BOUND.keySet().stream()
        .filter(other -> other.length() > prefix.length())
        .anyMatch(other -> ConfigurationPropertyName.of(other).isAncestorOf(name));
  }

  private static String sentence(ConfigurationProperty property, PropertyNames known) {
    String name = property.getName().toString();
    String meant = known.closest(name);
    String where = property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    return "Property "
        + name
        + where
        + " does not exist and has no effect"
        + (meant == null ? "" : "; did you mean " + meant + "?");
  }
}

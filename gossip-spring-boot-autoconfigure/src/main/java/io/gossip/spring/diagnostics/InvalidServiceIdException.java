package io.gossip.spring.diagnostics;

import java.util.Locale;

/** A service's name cannot be the host of a URI. Nothing has been started. */
public final class InvalidServiceIdException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String serviceId;
  private final String property;

  /** Names the service and the property that its name came from. */
  public InvalidServiceIdException(String serviceId, String property) {
    super("'" + serviceId + "' of " + property + " cannot be a service id");
    this.serviceId = serviceId;
    this.property = property;
  }

  /** The name that cannot be. */
  public String serviceId() {
    return serviceId;
  }

  /** The property that it came from. */
  public String property() {
    return property;
  }

  /** The nearest name that can be. */
  public String proposal() {
    String name =
        serviceId
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9.]+", "-")
            .replaceAll("\\.{2,}", ".")
            .replaceAll("-*\\.-*", ".")
            .replaceAll("^[.-]+|[.-]+$", "");
    return name.isEmpty() ? "application" : name.substring(0, Math.min(name.length(), 63));
  }
}

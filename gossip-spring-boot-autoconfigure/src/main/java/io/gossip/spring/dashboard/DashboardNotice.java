package io.gossip.spring.dashboard;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Says once in the log where the dashboard is, or why it is not there though it was asked for. */
public final class DashboardNotice implements ApplicationListener<ApplicationReadyEvent> {

  private static final Logger log = LoggerFactory.getLogger(DashboardNotice.class);

  private final ObjectProvider<WebEndpointsSupplier> endpoints;
  private final ObjectProvider<PathMappedEndpoints> paths;
  private final boolean gossipExposed;
  private final boolean servable;
  private boolean said;

  /**
   * Has said nothing yet.
   *
   * @param gossipExposed whether the endpoint that the dashboard reads is there
   * @param servable whether the endpoints are served by something that can serve the dashboard
   */
  public DashboardNotice(
      ObjectProvider<WebEndpointsSupplier> endpoints,
      ObjectProvider<PathMappedEndpoints> paths,
      boolean gossipExposed,
      boolean servable) {
    this.endpoints = endpoints;
    this.paths = paths;
    this.gossipExposed = gossipExposed;
    this.servable = servable;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    if (said) {
      return;
    }
    said = true;
    String path = path();
    if (path != null) {
      log.info(
          "The dashboard is at {}{}", path, port(event.getApplicationContext().getEnvironment()));
    } else if (gossipExposed && !servable) {
      log.warn(
          "gossip.dashboard.enabled is set, but there is no dashboard, as this application does not"
              + " serve its endpoints with Spring MVC or WebFlux: it lacks spring-boot-webmvc with a"
              + " DispatcherServlet, or spring-boot-webflux; Jersey cannot serve it");
    } else if (gossipExposed) {
      log.warn(
          "gossip.dashboard.enabled is set, but the endpoint {} is excluded or has no access: see"
              + " management.endpoints.web.exposure.exclude and management.endpoint.{}.access",
          DashboardEndpoint.ID,
          DashboardEndpoint.ID);
    } else {
      log.warn(
          "gossip.dashboard.enabled is set, but there is no dashboard, as the endpoint gossip that"
              + " it reads is not available over the web: add gossip to"
              + " management.endpoints.web.exposure.include, in an application with a web server");
    }
  }

  /** Where it is; {@code null} if it has no operation, or is not exposed. */
  private @Nullable String path() {
    WebEndpointsSupplier exposed = endpoints.getIfAvailable();
    PathMappedEndpoints mapped = paths.getIfAvailable();
    if (exposed == null || mapped == null) {
      return null;
    }
    EndpointId id = EndpointId.of(DashboardEndpoint.ID);
    return exposed.getEndpoints().stream()
            .anyMatch(
                endpoint ->
                    endpoint.getEndpointId().equals(id) && !endpoint.getOperations().isEmpty())
        ? mapped.getPath(id)
        : null;
  }

  private static String port(Environment environment) {
    return ManagementPortType.get(environment) == ManagementPortType.DIFFERENT
        ? " of the management port"
        : "";
  }
}

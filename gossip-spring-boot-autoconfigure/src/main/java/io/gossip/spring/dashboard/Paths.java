package io.gossip.spring.dashboard;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;

/**
 * Where endpoints are below the management path, whatever the application calls them.
 *
 * @param endpoints where they are; asked late, as the dashboard is one of them
 */
record Paths(Supplier<PathMappedEndpoints> endpoints) {

  private static final EndpointId DASHBOARD = EndpointId.of(DashboardEndpoint.ID);

  /** The path of the page without the context path; {@code null} if it is not served. */
  @Nullable String page() {
    return endpoints.get().getPath(DASHBOARD);
  }

  /** Whether a pattern is one of the dashboard's. */
  boolean isOurs(String pattern) {
    String page = page();
    return page != null && (pattern.equals(page) || pattern.startsWith(page + "/"));
  }

  /** What the page calls the directory of its scripts, from where it is itself. */
  String assets() {
    String root = root(DashboardEndpoint.ID);
    return root.substring(root.lastIndexOf('/') + 1);
  }

  /** What the page calls another endpoint, from where it is itself. */
  String from(String id) {
    long depth = root(DashboardEndpoint.ID).chars().filter(c -> c == '/').count();
    return "../".repeat((int) depth) + root(id);
  }

  /** An endpoint's path below the management path; its id if there is no such endpoint. */
  private String root(String id) {
    String root = endpoints.get().getRootPath(EndpointId.of(id));
    return root == null ? id : root.startsWith("/") ? root.substring(1) : root;
  }
}

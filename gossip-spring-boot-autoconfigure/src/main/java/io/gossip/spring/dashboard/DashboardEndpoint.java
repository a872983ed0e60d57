package io.gossip.spring.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.util.MimeType;

/**
 * The dashboard: {@code /actuator/gossipdashboard}. It shows nothing by itself: the page reads the
 * endpoint {@code gossip} as whoever looks at it may, and learns here only when to do so.
 */
@ImportRuntimeHints(DashboardHints.class)
@WebEndpoint(id = DashboardEndpoint.ID, defaultAccess = Access.READ_ONLY)
public final class DashboardEndpoint {

  /** The endpoint's id. */
  public static final String ID = "gossipdashboard";

  /** Name of the stream, among those of the files. */
  static final String STREAM = "signals";

  private static final MimeType HTML = new MimeType("text", "html", StandardCharsets.UTF_8);

  private final Web web;
  private final Signals signals;
  private final Paths paths;
  private final Assets assets = new Assets();

  private DashboardEndpoint(Web web, Signals signals, Supplier<PathMappedEndpoints> endpoints) {
    this.web = web;
    this.signals = signals;
    this.paths = new Paths(endpoints);
  }

  /**
   * For Spring MVC.
   *
   * @param endpoints where endpoints are; asked late, as this is one of them
   */
  public static DashboardEndpoint servlet(
      Signals signals, Supplier<PathMappedEndpoints> endpoints) {
    return new DashboardEndpoint(new ServletWeb(), signals, endpoints);
  }

  /** The same for WebFlux; {@link ReactiveHeaders} go with it. */
  public static DashboardEndpoint reactive(
      Signals signals, Supplier<PathMappedEndpoints> endpoints) {
    return new DashboardEndpoint(new ReactiveWeb(), signals, endpoints);
  }

  /** The page. */
  @ReadOperation(produces = "text/html")
  public Object page() {
    return web.bytes(assets.page(paths), HTML);
  }

  /**
   * What the page needs.
   *
   * @param name of a file, or {@value #STREAM}
   */
  @ReadOperation(produces = {"text/javascript", "text/css", "text/event-stream"})
  public @Nullable Object part(@Selector String name) {
    if (name.equals(STREAM)) {
      Object stream = web.stream(signals);
      return stream == null
          ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE)
          : stream;
    }
    byte[] file = assets.file(name);
    return file == null ? null : web.bytes(file, Assets.type(name));
  }
}

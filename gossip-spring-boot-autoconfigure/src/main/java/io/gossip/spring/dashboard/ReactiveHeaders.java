package io.gossip.spring.dashboard;

import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/** Adds the dashboard's headers to what it answers in a reactive application. */
public final class ReactiveHeaders implements WebFilter {

  private final Paths paths;

  /**
   * Of the dashboard's endpoint.
   *
   * @param endpoints where endpoints are; asked late
   */
  public ReactiveHeaders(Supplier<PathMappedEndpoints> endpoints) {
    this.paths = new Paths(endpoints);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    exchange
        .getResponse()
        .beforeCommit(
            () -> {
              if (isOurs(exchange)) {
                Headers.ALL.forEach(exchange.getResponse().getHeaders()::set);
              }
              return Mono.empty();
            });
    return chain.filter(exchange);
  }

  /** By what it was mapped to: no path of a request is looked at, in whatever way it is written. */
  private boolean isOurs(ServerWebExchange exchange) {
    PathPattern pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern != null && paths.isOurs(pattern.getPatternString());
  }
}

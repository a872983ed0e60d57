package io.gossip.spring.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Web servers apart from any application: one can go on answering when the application that offers
 * it is gone, or refuse while that lives.
 */
final class Servers implements AutoCloseable {

  private final List<DisposableServer> servers = new ArrayList<>();

  /** One that answers every call to {@code /who} with a word; on any port. */
  DisposableServer start(String answer) {
    return start(answer, 0, 200);
  }

  DisposableServer start(String answer, int port, int status) {
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(port)
            .route(
                routes ->
                    routes.get(
                        "/who",
                        (request, response) ->
                            response
                                .status(status)
                                .keepAlive(false) // so that who has stopped is found gone at once
                                .header("Content-Type", "text/plain")
                                .sendString(Mono.just(answer))))
            .bindNow();
    servers.add(server);
    return server;
  }

  /** One that takes calls and never answers. */
  void startMute(int port) {
    servers.add(
        HttpServer.create()
            .host("127.0.0.1")
            .port(port)
            .handle((request, response) -> Mono.never())
            .bindNow());
  }

  static void stop(DisposableServer server) {
    server.disposeNow(Duration.ofSeconds(5));
  }

  /** The properties of an application that offers a server as its service. */
  static String[] offering(DisposableServer server) {
    return new String[] {"gossip.instance.port=" + server.port(), "gossip.instance.host=127.0.0.1"};
  }

  @Override
  public void close() {
    servers.forEach(DisposableServer::dispose);
  }
}

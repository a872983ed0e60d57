package io.gossip.spring.dashboard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.MimeType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** With WebFlux; {@link ReactiveHeaders} adds the headers, as operations have none to give. */
final class ReactiveWeb implements Web {

  @Override
  public Object bytes(byte[] bytes, MimeType type) {
    return new WebEndpointResponse<>(bytes, type);
  }

  @Override
  public @Nullable Object stream(Signals signals) {
    return signals.hasRoom()
        ? new WebEndpointResponse<>(new Sink(signals).events(), MediaType.TEXT_EVENT_STREAM)
        : null; // the body of a response is streamed, a bare Flux would be collected first
  }

  private static final class Sink implements Stream {

    private final Signals signals;
    private volatile @Nullable FluxSink<ServerSentEvent<String>> sink;

    Sink(Signals signals) {
      this.signals = signals;
    }

    /**
     * For one subscriber. What it does not take in time makes room for what is newer. Who has gone
     * before the answer began never subscribes, and takes nobody's place.
     */
    Flux<ServerSentEvent<String>> events() {
      return Flux.create(this::subscribed, FluxSink.OverflowStrategy.LATEST);
    }

    private void subscribed(FluxSink<ServerSentEvent<String>> subscriber) {
      sink = subscriber;
      if (signals.open(this)) {
        subscriber.onDispose(() -> signals.forget(this)); // at once if it has gone meanwhile
      } else {
        subscriber.complete();
      }
    }

    @Override
    public void signal(long version) {
      send(
          ServerSentEvent.builder(Long.toString(version))
              .event(EVENT)
              .retry(Duration.ofMillis(RETRY_MILLIS))
              .build());
    }

    @Override
    public void beat() {
      send(ServerSentEvent.<String>builder().comment("").build());
    }

    private void send(ServerSentEvent<String> event) {
      FluxSink<ServerSentEvent<String>> subscriber = sink;
      if (subscriber != null) {
        subscriber.next(event);
      }
    }

    @Override
    public void end() {
      FluxSink<ServerSentEvent<String>> subscriber = sink;
      if (subscriber != null) {
        subscriber.complete();
      }
    }
  }
}

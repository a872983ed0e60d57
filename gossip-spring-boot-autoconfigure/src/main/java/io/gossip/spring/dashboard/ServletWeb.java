package io.gossip.spring.dashboard;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.util.MimeType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** With Spring MVC, to which an endpoint hands what its operation returns as it is. */
final class ServletWeb implements Web {

  @Override
  public Object bytes(byte[] bytes, MimeType type) {
    HttpHeaders headers = new HttpHeaders();
    Headers.ALL.forEach(headers::set);
    headers.setContentType(MediaType.asMediaType(type));
    return new ResponseEntity<>(bytes, headers, 200);
  }

  @Override
  public @Nullable Object stream(Signals signals) {
    Emitter emitter = new Emitter(signals);
    return signals.open(emitter) ? emitter : null;
  }

  private static final class Emitter extends SseEmitter implements Stream {

    Emitter(Signals signals) {
      super(0L); // ends by itself, and not by the server's clock
      onCompletion(() -> signals.forget(this));
    }

    @Override
    protected void extendResponse(ServerHttpResponse response) {
      super.extendResponse(response);
      Headers.ALL.forEach(response.getHeaders()::set);
    }

    @Override
    public void signal(long version) throws IOException {
      send(event().reconnectTime(RETRY_MILLIS).name(EVENT).data(Long.toString(version)));
    }

    @Override
    public void beat() throws IOException {
      send(event().comment(""));
    }

    @Override
    public void end() {
      complete();
    }
  }
}

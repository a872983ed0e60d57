package io.gossip.spring.cluster;

import io.gossip.spring.Cluster;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoints of an application over HTTP, as operators have them. A refusal is an answer. */
final class Actuator {

  private final RestClient client;

  Actuator(ConfigurableApplicationContext application) {
    client =
        RestClient.builder()
            .baseUrl(Cluster.management(application, "/actuator"))
            .defaultStatusHandler(status -> true, (request, response) -> {})
            .build();
  }

  /** The properties of an application that serves all of its endpoints, and more of them. */
  static String[] open(String... more) {
    return Stream.concat(
            Stream.of(
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  JsonNode get(String path, Object... names) {
    return JsonMapper.shared().readTree(text(HttpMethod.GET, path, null, names));
  }

  int status(HttpMethod method, String path, @Nullable Map<String, String> body, Object... names) {
    return send(method, path, body, names).getStatusCode().value();
  }

  String text(HttpMethod method, String path, @Nullable Map<String, String> body, Object... names) {
    return Objects.requireNonNullElse(send(method, path, body, names).getBody(), "");
  }

  ResponseEntity<String> send(
      HttpMethod method, String path, @Nullable Map<String, String> body, Object... names) {
    RestClient.RequestBodySpec request = client.method(method).uri(path, names);
    if (body != null) {
      request.contentType(MediaType.APPLICATION_JSON).body(body);
    }
    return request.retrieve().toEntity(String.class);
  }
}

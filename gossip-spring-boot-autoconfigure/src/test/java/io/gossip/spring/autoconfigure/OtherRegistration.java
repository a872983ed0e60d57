package io.gossip.spring.autoconfigure;

import java.net.URI;
import java.util.Map;
import org.springframework.cloud.client.serviceregistry.Registration;

/** This application as another library's registry knows it. */
final class OtherRegistration implements Registration {

  @Override
  public String getServiceId() {
    return "other";
  }

  @Override
  public String getHost() {
    return "localhost";
  }

  @Override
  public int getPort() {
    return 1;
  }

  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public URI getUri() {
    return URI.create("http://localhost:1");
  }

  @Override
  public Map<String, String> getMetadata() {
    return Map.of();
  }
}

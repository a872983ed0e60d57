package io.gossip.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/** Another library's registry, on the same class path. */
final class OtherServiceRegistry implements ServiceRegistry<Registration> {

  @Override
  public void register(@Nullable Registration registration) {}

  @Override
  public void deregister(@Nullable Registration registration) {}

  @Override
  public void close() {}

  @Override
  public void setStatus(Registration registration, String status) {}

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T getStatus(Registration registration) {
    return (T) "OTHER";
  }
}

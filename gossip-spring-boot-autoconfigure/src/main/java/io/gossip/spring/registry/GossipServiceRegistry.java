package io.gossip.spring.registry;

import io.gossip.spring.lifecycle.LocalService;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/** Announces this application's service to the cluster, and takes it back. */
public final class GossipServiceRegistry implements ServiceRegistry<GossipRegistration> {

  private final LocalService service;

  /** The registry of this service, and of no other. */
  public GossipServiceRegistry(LocalService service) {
    this.service = service;
  }

  @Override
  public void register(@Nullable GossipRegistration registration) {
    if (registration != null) {
      service.announce(registration.getMetadata());
    }
  }

  @Override
  public void deregister(@Nullable GossipRegistration registration) {
    service.withdraw();
  }

  /** Does nothing: the node's end is the node's business. */
  @Override
  public void close() {}

  /**
   * Overrides the status until that is taken back.
   *
   * @param status UP, OUT_OF_SERVICE, DOWN or CANCEL_OVERRIDE
   */
  @Override
  public void setStatus(GossipRegistration registration, String status) {
    service.override(status);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // so Spring Cloud declares it
  public <T> T getStatus(GossipRegistration registration) {
    return (T) service.status().name();
  }
}

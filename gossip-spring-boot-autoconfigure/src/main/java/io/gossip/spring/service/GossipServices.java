package io.gossip.spring.service;

import io.gossip.membership.Membership;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The services of the cluster as of now. Thread-safe; a call costs one volatile read unless the
 * view has changed since the last.
 */
public final class GossipServices {

  private record Reading(Membership view, ServiceDirectory directory) {

    @SuppressWarnings("ReferenceEquality") // the node makes a new view for every change
    boolean isOf(Membership now) {
      return view == now;
    }
  }

  private final Supplier<Membership> view;
  private final boolean includeSelf;
  private volatile @Nullable Reading last;

  /**
   * Reads the services from a view.
   *
   * @param includeSelf whether this node's own instance is among those that can be called
   */
  public GossipServices(Supplier<Membership> view, boolean includeSelf) {
    this.view = view;
    this.includeSelf = includeSelf;
  }

  /** The services as of the last change of the view. */
  public ServiceDirectory current() {
    Reading reading = last;
    return reading != null && reading.isOf(view.get()) ? reading.directory : read();
  }

  private synchronized ServiceDirectory read() {
    Membership now = view.get();
    Reading reading = last;
    if (reading != null && reading.isOf(now)) {
      return reading.directory;
    }
    ServiceDirectory former = reading == null ? ServiceDirectory.EMPTY : reading.directory;
    ServiceDirectory directory = ServiceDirectory.of(now, former, includeSelf);
    last = new Reading(now, directory);
    return directory;
  }

  /** Instances of a service that can be called, ordered by instance id. */
  public List<GossipInstance> instances(String serviceId) {
    return current().instances(serviceId);
  }

  /** Names of the services that have an instance that can be called. */
  public Set<String> names() {
    return current().services();
  }
}

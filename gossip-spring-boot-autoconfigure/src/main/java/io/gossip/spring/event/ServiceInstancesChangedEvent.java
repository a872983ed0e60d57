package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;
import io.gossip.spring.service.GossipInstance;
import io.gossip.spring.service.ServiceChange;
import java.util.List;

/**
 * What callers of a service see has changed: its instances, or their weight, zone, version or
 * metadata. An instance that merely changed its metadata is neither added nor removed.
 */
public final class ServiceInstancesChangedEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  private final transient ServiceChange change;

  ServiceInstancesChangedEvent(GossipNode node, Membership view, ServiceChange change) {
    super(node, view);
    this.change = change;
  }

  ServiceChange change() {
    return change;
  }

  /** Name of the service. */
  public String serviceId() {
    return change.serviceId();
  }

  /** Instances that can be called now and could not before. */
  public List<GossipInstance> added() {
    return change.added();
  }

  /** Instances that can no longer be called. */
  public List<GossipInstance> removed() {
    return change.removed();
  }

  /** All that can be called now, ordered by instance id; suspects included. */
  public List<GossipInstance> instances() {
    return change.instances();
  }

  @Override
  public String toString() {
    return "ServiceInstancesChangedEvent["
        + serviceId()
        + ": "
        + change.instances().size()
        + " instances, "
        + change.added().size()
        + " added, "
        + change.removed().size()
        + " removed]";
  }
}

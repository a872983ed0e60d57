package io.gossip.spring.service;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import org.jspecify.annotations.Nullable;

/**
 * A service and the member that offers it.
 *
 * @param member as it stands
 * @param service what it offers
 */
public record GossipInstance(Member member, ServiceRecord service) {

  /**
   * What the member offers.
   *
   * @return {@code null} if that is no service
   */
  public static @Nullable GossipInstance of(Member member) {
    ServiceRecord service = ServiceRecord.read(member);
    return service == null ? null : new GossipInstance(member, service);
  }

  /** Whether its member is under suspicion. */
  public boolean isSuspect() {
    return member.status() == MemberStatus.SUSPECT;
  }

  /**
   * Whether it can and wants to be called: its member takes part, it is up, has a port and a
   * weight.
   */
  public boolean isRoutable() {
    return member.status().isActive()
        && service.status() == ServiceStatus.UP
        && service.port() > 0
        && service.weight() > 0;
  }

  /** The failure domain it runs in; empty when unknown. */
  public String zone() {
    return member.zone();
  }

  /** Whether a caller would notice no difference, suspicion aside. */
  public boolean looksLike(GossipInstance other) {
    return service.equals(other.service) && zone().equals(other.zone());
  }

  /** Where calls to this instance go. */
  Place place() {
    return new Place(service.instanceId(), service.host(), service.port(), service.scheme());
  }

  /** An instance and where it is called; another port is another place. */
  record Place(String instanceId, String host, int port, String scheme) {}
}

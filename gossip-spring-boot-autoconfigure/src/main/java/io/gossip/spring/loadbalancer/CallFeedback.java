package io.gossip.spring.loadbalancer;

import io.gossip.GossipNode;
import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.spring.discovery.GossipServiceInstance;
import io.gossip.spring.quarantine.Quarantine;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;

/**
 * Learns from the load balancer's calls: an instance that could not be reached goes into
 * quarantine, and its member is probed now, for the whole cluster. An answer is an answer, whatever
 * its status.
 */
public final class CallFeedback implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

  private final GossipNode node;
  private final Quarantine quarantine;

  /** Tells both of them. */
  public CallFeedback(GossipNode node, Quarantine quarantine) {
    this.node = node;
    this.quarantine = quarantine;
  }

  @Override
  @SuppressWarnings("rawtypes") // as inherited
  public boolean supports(Class requestContextClass, Class responseClass, Class serverTypeClass) {
    return ServiceInstance.class.isAssignableFrom(serverTypeClass);
  }

  @Override
  public void onStart(Request<Object> request) {}

  @Override
  public void onStartRequest(Request<Object> request, Response<ServiceInstance> response) {
    Member member = member(response);
    if (member != null) {
      quarantine.tried(member.identity());
    }
  }

  @Override
  public void onComplete(CompletionContext<Object, ServiceInstance, Object> completion) {
    Member member = member(completion.getLoadBalancerResponse());
    if (member == null) {
      return;
    }
    Identity identity = member.identity();
    if (completion.status() == CompletionContext.Status.SUCCESS) {
      quarantine.reached(identity);
    } else if (completion.status() == CompletionContext.Status.FAILED) {
      failed(member, CallFailure.of(completion.getThrowable()));
    }
  }

  private void failed(Member member, CallFailure failure) {
    if (failure == CallFailure.UNREACHABLE) {
      quarantine.failed(member.identity());
    }
    if (failure != CallFailure.NONE) {
      node.reportFailure(member.id());
    }
  }

  private static @Nullable Member member(@Nullable Response<ServiceInstance> response) {
    return response != null && response.getServer() instanceof GossipServiceInstance ours
        ? ours.instance().member()
        : null;
  }
}

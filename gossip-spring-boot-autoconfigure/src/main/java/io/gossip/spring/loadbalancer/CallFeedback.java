package io.gossip.spring.loadbalancer;

import io.gossip.GossipNode;
import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.spring.discovery.GossipServiceInstance;
import io.gossip.spring.quarantine.AnswerTimes;
import io.gossip.spring.quarantine.Quarantine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;

/**
 * Learns from the load balancer's calls: an instance that could not be reached, or that has left
 * calls waiting for much longer than usual, goes into quarantine, and its member is probed now, for
 * the whole cluster. An answer is an answer, whatever its status.
 */
public final class CallFeedback implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

  private static final Logger log = LoggerFactory.getLogger(CallFeedback.class);

  private final GossipNode node;
  private final Quarantine quarantine;
  private final @Nullable AnswerTimes times;

  /**
   * Tells node and quarantine.
   *
   * @param times how long answers take; {@code null} if calls that still wait say nothing
   */
  public CallFeedback(GossipNode node, Quarantine quarantine, @Nullable AnswerTimes times) {
    this.node = node;
    this.quarantine = quarantine;
    this.times = times;
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
    if (member == null) {
      return;
    }
    quarantine.tried(member.identity());
    if (times != null) {
      for (Identity overdue : times.asked(member.identity())) {
        log.debug("Calls to {} wait for longer than usual", overdue);
        quarantine.failed(overdue);
        node.reportFailure(overdue.id());
      }
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
      if (times != null) {
        times.answered(identity);
      }
    } else if (completion.status() == CompletionContext.Status.FAILED) {
      failed(identity, CallFailure.of(completion.getThrowable()));
    }
  }

  private void failed(Identity member, CallFailure failure) {
    if (failure == CallFailure.UNREACHABLE) {
      quarantine.failed(member);
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

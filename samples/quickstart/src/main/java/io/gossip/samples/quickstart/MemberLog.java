package io.gossip.samples.quickstart;

import io.gossip.spring.event.GossipMemberEvent;
import io.gossip.spring.event.MemberFailedEvent;
import io.gossip.spring.event.MemberJoinedEvent;
import io.gossip.spring.event.MemberLeftEvent;
import io.gossip.spring.event.MemberRestartedEvent;
import io.gossip.spring.event.MemberStatusChangedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/**
 * Says what happens to the other members. The events come in order, one at a time; when one
 * arrives, {@code DiscoveryClient} and load balancer know of it already.
 */
public class MemberLog {

  private static final Logger log = LoggerFactory.getLogger(MemberLog.class);

  @EventListener
  void joined(MemberJoinedEvent event) {
    String how = event.isRestart() ? "was restarted and joined" : "joined";
    log.info("{} {}; {}", event.member().id(), how, membersNow(event));
  }

  @EventListener
  void restarted(MemberRestartedEvent event) {
    log.info("{} was restarted; {}", event.member().id(), membersNow(event));
  }

  /** STARTING, UP, LEAVING …: only instances that are UP are called. */
  @EventListener
  void statusChanged(MemberStatusChangedEvent event) {
    if (!event.local()) {
      log.info("{} is {}", event.member().id(), event.to());
    }
  }

  @EventListener
  void left(MemberLeftEvent event) {
    log.info("{} left; {}", event.member().id(), membersNow(event));
  }

  @EventListener
  void failed(MemberFailedEvent event) {
    log.warn("{} failed: {}; {}", event.member().id(), event.reason(), membersNow(event));
  }

  private static String membersNow(GossipMemberEvent event) {
    return event.view().members().size() + " members now";
  }
}

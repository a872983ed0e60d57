package io.gossip.spring.cluster;

import io.gossip.spring.event.GossipEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.discovery.event.InstancePreRegisteredEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.context.event.EventListener;

/** What an application is told. */
final class Recorder {

  final List<GossipEvent> gossip = new CopyOnWriteArrayList<>();
  final List<Object> registration = new CopyOnWriteArrayList<>();
  final List<HeartbeatEvent> heartbeats = new CopyOnWriteArrayList<>();

  @EventListener
  public void onGossip(GossipEvent event) {
    gossip.add(event);
  }

  @EventListener
  public void onHeartbeat(HeartbeatEvent event) {
    heartbeats.add(event);
  }

  @EventListener({InstancePreRegisteredEvent.class, InstanceRegisteredEvent.class})
  public void onRegistration(Object event) {
    registration.add(event);
  }

  <T extends GossipEvent> List<T> of(Class<T> type) {
    return gossip.stream().filter(type::isInstance).map(type::cast).toList();
  }
}

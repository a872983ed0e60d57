package io.gossip.spring.service;

import java.util.List;

/**
 * What changed for the callers of one service.
 *
 * @param serviceId name of the service
 * @param added instances that can be called now and could not before, at this place
 * @param removed instances that can no longer be called, at this place
 * @param instances all that can be called now, ordered by instance id
 */
public record ServiceChange(
    String serviceId,
    List<GossipInstance> added,
    List<GossipInstance> removed,
    List<GossipInstance> instances) {}

package io.gossip.spring.lifecycle;

/**
 * How the application's service is announced.
 *
 * @param register whether at all
 * @param readiness whether readiness drives its status
 * @param autoMetadata whether it says where the management endpoints are
 */
public record LocalServiceSettings(boolean register, boolean readiness, boolean autoMetadata) {}

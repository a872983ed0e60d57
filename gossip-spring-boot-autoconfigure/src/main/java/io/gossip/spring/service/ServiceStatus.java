package io.gossip.spring.service;

/** Whether a service instance wants calls. Only {@link #UP} does. */
public enum ServiceStatus {
  /** Announced, but not ready yet. */
  STARTING,
  /** Ready for calls. */
  UP,
  /** Wants no calls for now. */
  OUT_OF_SERVICE,
  /** Cannot answer calls. */
  DOWN,
  /** Shuts down; still answers what is under way. */
  LEAVING
}

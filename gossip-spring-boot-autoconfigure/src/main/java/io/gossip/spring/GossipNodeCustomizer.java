package io.gossip.spring;

import io.gossip.GossipNodeBuilder;

/** Has the last word on the node. Beans of this type are called in order before it is built. */
@FunctionalInterface
public interface GossipNodeCustomizer {

  /** Changes what the properties said. */
  void customize(GossipNodeBuilder builder);
}

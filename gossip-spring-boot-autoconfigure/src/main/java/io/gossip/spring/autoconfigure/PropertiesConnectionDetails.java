package io.gossip.spring.autoconfigure;

import io.gossip.spring.GossipConnectionDetails;
import io.gossip.spring.GossipProperties;
import java.util.List;

/** The seeds that the properties name. */
record PropertiesConnectionDetails(GossipProperties properties) implements GossipConnectionDetails {

  @Override
  public List<String> getSeeds() {
    return properties.seeds();
  }
}

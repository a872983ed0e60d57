package io.gossip.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where the cluster is. A bean of this type takes the place of {@code gossip.seeds}. */
@FunctionalInterface
public interface GossipConnectionDetails extends ConnectionDetails {

  /** Whom to ask, each as {@code host[:port]}; may be empty. */
  List<String> getSeeds();
}

package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** A few words about the node for {@code /actuator/info}. */
public final class GossipInfoContributor implements InfoContributor {

  private final GossipNode node;
  private final Reports reports;

  /** Tells about this node. */
  public GossipInfoContributor(GossipNode node, Reports reports) {
    this.node = node;
    this.reports = reports;
  }

  @Override
  public void contribute(Info.Builder builder) {
    Map<String, Object> gossip = new LinkedHashMap<>();
    gossip.put("node", node.id().value());
    NodeReport report = reports.recent();
    if (report != null) {
      gossip.put("cluster", report.cluster());
      gossip.put("members", report.view().members().size());
      gossip.put("protocol", report.protocolVersion());
    }
    String version = GossipNode.class.getPackage().getImplementationVersion();
    if (version != null) {
      gossip.put("version", version);
    }
    builder.withDetail("gossip", gossip);
  }
}

package io.gossip.spring.diagnostics;

/** Another live process bears this node's name. The node has been stopped again. */
public final class DuplicateNodeIdException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String nodeId;
  private final String cluster;

  /** The name, and the cluster in which it is taken. */
  public DuplicateNodeIdException(String nodeId, String cluster) {
    super("node id '" + nodeId + "' is taken in cluster '" + cluster + "'");
    this.nodeId = nodeId;
    this.cluster = cluster;
  }

  /** The name. */
  public String nodeId() {
    return nodeId;
  }

  /** The cluster in which it is taken. */
  public String cluster() {
    return cluster;
  }
}

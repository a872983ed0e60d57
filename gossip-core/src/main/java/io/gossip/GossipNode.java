package io.gossip;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimStats;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One member of a gossip cluster. Thread-safe.
 *
 * <pre>{@code
 * GossipNode node = GossipNode.builder().cluster("shop").seeds("10.0.0.1", "10.0.0.2").build();
 * node.subscribe((event, view) -> log.info("{}", event));
 * node.start();
 * node.put("role", "stock");
 * node.members().members().forEach(System.out::println);
 * node.close();
 * }</pre>
 */
@SuppressWarnings("DoNotCallSuggester")
public final class GossipNode implements AutoCloseable {

  /** The port nodes listen on unless told otherwise, UDP and TCP: 7946, as memberlist. */
  public static final int DEFAULT_PORT = 7946;

  GossipNode(GossipNodeBuilder builder) {}

  /** A builder with the defaults. */
  public static GossipNodeBuilder builder() {
    return new GossipNodeBuilder();
  }

  /**
   * Binds and begins to join; does not wait for the join. Does nothing when running. After {@link
   * #stop} it starts again under the same id and with the same state, as a new generation.
   *
   * @throws PortInUseException if the port is taken
   * @throws GossipStartException if it cannot listen for another reason, or has no address to
   *     announce
   */
  public void start() {
    throw new UnsupportedOperationException();
  }

  /** Whether it is started and neither stopped nor closed. */
  public boolean isRunning() {
    throw new UnsupportedOperationException();
  }

  /** This node's name. */
  public NodeId id() {
    throw new UnsupportedOperationException();
  }

  /**
   * The view, as of the last change. Never blocks; costs one volatile read. Before the first start
   * it holds nobody but this node; after a stop it is the last there was.
   */
  public Membership members() {
    throw new UnsupportedOperationException();
  }

  /** Completes with the view when another member has been heard; never, if none is. */
  public CompletionStage<Membership> joined() {
    throw new UnsupportedOperationException();
  }

  /**
   * Up to {@code count} active members other than this one, chosen at random and evenly (a peer
   * sampling service).
   */
  public List<Member> sample(int count) {
    throw new UnsupportedOperationException();
  }

  /** Calls the listener for everything that happens from now on. Holds across stop and start. */
  public Subscription subscribe(MembershipListener listener) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sets one key of this member's own state; see {@link #update}.
   *
   * @throws IllegalArgumentException if a limit would be exceeded
   */
  public void put(String key, String value) {
    throw new UnsupportedOperationException();
  }

  /** Removes one key of this member's own state. */
  public void remove(String key) {
    throw new UnsupportedOperationException();
  }

  /**
   * Changes this member's own state and tells the others at once. May be called before the start.
   *
   * @param changes new value by key; {@code null} removes the key
   * @throws IllegalArgumentException if the state would exceed a limit (64 keys, 128 bytes a key, 1
   *     KiB a value, 8 KiB in all); nothing has changed then
   */
  public void update(Map<String, @Nullable String> changes) {
    throw new UnsupportedOperationException();
  }

  /** This member's own state as last set. */
  public Map<String, String> state() {
    throw new UnsupportedOperationException();
  }

  /** Tells the node that a call to this member failed: it is probed at once. Never blocks. */
  public void reportFailure(NodeId id) {
    throw new UnsupportedOperationException();
  }

  /** No longer shows nor tries a member that failed or left. */
  public void forget(NodeId id) {
    throw new UnsupportedOperationException();
  }

  /** Asks the seeds again now. */
  public void rejoin() {
    throw new UnsupportedOperationException();
  }

  /** Where it is in its life; {@link SwimReport.Phase#LEFT} when not running. */
  public SwimReport.Phase phase() {
    throw new UnsupportedOperationException();
  }

  /** What has been counted since the last start; counters of 0 before the first. */
  public SwimStats stats() {
    throw new UnsupportedOperationException();
  }

  /**
   * An account of everything, for people.
   *
   * @return completes on the I/O thread; fails with {@link IllegalStateException} when not running
   */
  public CompletionStage<NodeReport> report() {
    throw new UnsupportedOperationException();
  }

  /**
   * Leaves the cluster: the others see {@code LEFT}. Goes on answering until stopped.
   *
   * @return completes when all that can be reached have confirmed, or after the leave time-out; at
   *     once when alone or not running
   */
  public CompletionStage<LeaveResult> leave() {
    throw new UnsupportedOperationException();
  }

  /** Closes sockets and threads without leaving. Can be started again. Waits at most 5 seconds. */
  public void stop() {
    throw new UnsupportedOperationException();
  }

  /** Leaves, waiting for at most the leave time-out, and stops for good. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}

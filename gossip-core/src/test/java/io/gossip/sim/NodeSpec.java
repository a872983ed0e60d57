package io.gossip.sim;

import io.gossip.membership.NodeId;
import io.gossip.swim.Seed;
import io.gossip.swim.SwimConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a process is started with.
 *
 * @param id its name
 * @param address its machine and port
 * @param zone its failure domain
 * @param state what it announces first
 * @param seeds where it asks for the cluster
 * @param config its numbers
 * @param clockOffset how far its wall clock is ahead of the true time
 * @param serviceTime what one input costs it; 0 for nothing
 */
public record NodeSpec(
    NodeId id,
    InetSocketAddress address,
    String zone,
    Map<String, String> state,
    List<Seed> seeds,
    SwimConfig config,
    Duration clockOffset,
    Duration serviceTime) {

  /** The same under another name. */
  public NodeSpec withId(String name) {
    NodeId other = new NodeId(name);
    return new NodeSpec(other, address, zone, state, seeds, config, clockOffset, serviceTime);
  }

  /** The same elsewhere. */
  public NodeSpec at(InetSocketAddress elsewhere) {
    return new NodeSpec(id, elsewhere, zone, state, seeds, config, clockOffset, serviceTime);
  }

  /** The same in a zone. */
  public NodeSpec inZone(String name) {
    return new NodeSpec(id, address, name, state, seeds, config, clockOffset, serviceTime);
  }

  /** The same with a state. */
  public NodeSpec withState(Map<String, String> initial) {
    return new NodeSpec(id, address, zone, initial, seeds, config, clockOffset, serviceTime);
  }

  /** The same with other seeds. */
  public NodeSpec withSeeds(List<Seed> others) {
    return new NodeSpec(id, address, zone, state, others, config, clockOffset, serviceTime);
  }

  /** The same with other numbers. */
  public NodeSpec withConfig(SwimConfig numbers) {
    return new NodeSpec(id, address, zone, state, seeds, numbers, clockOffset, serviceTime);
  }

  /** The same with a wall clock that is ahead by this much; behind if negative. */
  public NodeSpec withClockOffset(Duration ahead) {
    return new NodeSpec(id, address, zone, state, seeds, config, ahead, serviceTime);
  }

  /** The same on a machine that takes this long for each input. */
  public NodeSpec withServiceTime(Duration each) {
    return new NodeSpec(id, address, zone, state, seeds, config, clockOffset, each);
  }
}

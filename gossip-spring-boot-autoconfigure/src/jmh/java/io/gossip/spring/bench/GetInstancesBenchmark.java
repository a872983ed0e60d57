package io.gossip.spring.bench;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.spring.discovery.GossipDiscoveryClient;
import io.gossip.spring.discovery.ServiceInstances;
import io.gossip.spring.service.GossipServices;
import io.gossip.spring.service.Members;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.cloud.client.ServiceInstance;

/** What a load-balanced call asks first: the instances of a service, eight to a service. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class GetInstancesBenchmark {

  private static final int INSTANCES = 8;

  /** Members in the view. */
  @Param({"64", "1000"})
  public int members;

  private final Membership[] views = new Membership[2];
  private volatile Membership view;
  private GossipDiscoveryClient client;
  private int changes;

  /** Two views of different versions, the same otherwise. */
  @Setup
  public void setUp() {
    Member[] others = new Member[members];
    for (int i = 0; i < members; i++) {
      others[i] = Members.serving("member-" + i, "service-" + i / INSTANCES, 8080 + i);
    }
    Member self = Members.member("self", Map.of());
    views[0] = Members.view(self, others);
    views[1] = Members.view(self, others);
    view = views[0];
    client =
        new GossipDiscoveryClient(
            new ServiceInstances(new GossipServices(() -> view, true)), true, 0);
  }

  /** While nothing happens. */
  @Benchmark
  public List<ServiceInstance> getInstances() {
    return client.getInstances("service-3");
  }

  /** After each change of the view: the services are indexed anew. */
  @Benchmark
  public List<ServiceInstance> getInstancesAfterChange() {
    view = views[++changes & 1];
    return client.getInstances("service-3");
  }
}

package io.gossip.spring.actuate;

import io.gossip.NodeReport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What Prometheus costs a node that asks for our meters: a scrape, and the account of the node that
 * each scrape needs when the last was more than a second ago.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScrapeBenchmark {

  /** Members in the view. */
  @Param({"100", "1000"})
  public int members;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private CrowdedNode crowded;
  private GossipMeterBinder binder;
  private GossipEventMeters events;

  /** All meters of a node, in a registry of their own. */
  @Setup
  public void setUp() throws IOException {
    crowded = new CrowdedNode(members);
    Reports reports = new Reports(crowded.node);
    binder = new GossipMeterBinder(crowded.node, reports);
    binder.bindTo(registry);
    events = new GossipEventMeters(crowded.node, true);
    events.bindTo(registry);
  }

  /** Ends the node. */
  @TearDown
  public void tearDown() {
    events.destroy();
    crowded.close();
  }

  /** All meters as text, with an account that is there. */
  @Benchmark
  public String scrape() {
    return registry.scrape();
  }

  /** The node's account of itself, with the way to its thread and back. */
  @Benchmark
  public NodeReport report() {
    return crowded.node.report().toCompletableFuture().join();
  }
}

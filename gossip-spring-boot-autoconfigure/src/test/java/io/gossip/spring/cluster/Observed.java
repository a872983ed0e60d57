package io.gossip.spring.cluster;

import static org.awaitility.Awaitility.await;

import io.gossip.spring.Cluster;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.ConfigurableApplicationContext;

/** An application in a cluster of two, looked at as Prometheus does. */
final class Observed implements AutoCloseable {

  /** The common tag that the dashboard and the rules go by. */
  static final String APPLICATION = "application";

  /** The tag that all our meters have: the dashboard and the rules keep clusters apart by it. */
  static final String CLUSTER = "cluster";

  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One time series. */
  record Sample(String name, Map<String, String> labels) {}

  private final Cluster cluster = new Cluster();
  private final ConfigurableApplicationContext application;

  Observed() {
    cluster.plain("stock");
    application =
        cluster.web(
            "shop", "management.metrics.tags." + APPLICATION + "=${spring.application.name}");
    Cluster.awaitMembers(application, 2);
    await()
        .atMost(Cluster.PATIENCE)
        .until(
            () ->
                registry().find("gossip.service.instances").tag("service", "shop").gauge() != null);
  }

  private PrometheusMeterRegistry registry() {
    return application.getBean(PrometheusMeterRegistry.class);
  }

  /** The name of the cluster. */
  String clusterName() {
    return Cluster.report(application).cluster();
  }

  /** Our meters. */
  List<Meter> meters() {
    return registry().getMeters().stream()
        .filter(meter -> meter.getId().getName().startsWith("gossip."))
        .toList();
  }

  /** Our time series in a scrape. */
  List<Sample> scrape() {
    List<Sample> samples = new ArrayList<>();
    for (String line : registry().scrape().lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (line.startsWith("gossip_") && sample.matches()) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
        samples.add(new Sample(sample.group(1), labels));
      }
    }
    return samples;
  }

  @Override
  public void close() {
    cluster.close();
  }
}

package io.gossip.samples.quickstart;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what Spring Cloud's {@link DiscoveryClient} knows in this process. */
@RestController
public class ServicesController {

  private final DiscoveryClient discovery;

  ServicesController(DiscoveryClient discovery) {
    this.discovery = discovery;
  }

  @GetMapping("/services")
  Map<String, List<String>> services() {
    Map<String, List<String>> instances = new TreeMap<>();
    for (String service : discovery.getServices()) {
      instances.put(
          service,
          discovery.getInstances(service).stream().map(ServicesController::describe).toList());
    }
    return instances;
  }

  private static String describe(ServiceInstance instance) {
    return instance.getInstanceId() + " at " + instance.getUri();
  }
}

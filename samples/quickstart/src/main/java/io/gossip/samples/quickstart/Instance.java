package io.gossip.samples.quickstart;

import io.gossip.samples.quickstart.inventory.InventoryApplication;
import io.gossip.samples.quickstart.pricing.PricingApplication;
import io.gossip.samples.quickstart.shop.ShopApplication;
import java.net.URI;
import java.util.Arrays;

/** A process of the quickstart: which application it runs, and on which ports. */
enum Instance {
  SHOP("shop", 8080, 7946),
  INVENTORY_1("inventory-1", 8081, 7947),
  INVENTORY_2("inventory-2", 8082, 7948),
  PRICING("pricing", 8083, 7949);

  private final String id;
  private final int webPort;
  private final int gossipPort;

  Instance(String id, int webPort, int gossipPort) {
    this.id = id;
    this.webPort = webPort;
    this.gossipPort = gossipPort;
  }

  static Instance of(String id) {
    return Arrays.stream(values())
        .filter(instance -> instance.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no instance '" + id + "'."));
  }

  /** Its name in the cluster. */
  String id() {
    return id;
  }

  URI url(String path) {
    return URI.create("http://localhost:" + webPort + path);
  }

  /** HTTP. */
  int webPort() {
    return webPort;
  }

  /** UDP and TCP. */
  int gossipPort() {
    return gossipPort;
  }

  /** Becomes this instance: what its yaml leaves open is said on the command line. */
  void run() {
    String[] args = {
      "--server.port=" + webPort,
      "--gossip.bind.port=" + gossipPort,
      // With a name that outlives the process, the others see a restart and no stranger.
      "--gossip.node-id=" + id
    };
    switch (this) {
      case SHOP -> ShopApplication.main(args);
      case INVENTORY_1, INVENTORY_2 -> InventoryApplication.main(args);
      case PRICING -> PricingApplication.main(args);
    }
  }
}

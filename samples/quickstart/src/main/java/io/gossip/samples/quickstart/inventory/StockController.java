package io.gossip.samples.quickstart.inventory;

import io.gossip.GossipNode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StockController {

  private final GossipNode node;

  StockController(GossipNode node) {
    this.node = node;
  }

  @GetMapping("/stock/{item}")
  Stock stock(@PathVariable String item) {
    int stock = Math.floorMod(item.hashCode(), 100); // stands for a look into a database
    return new Stock(item, stock, node.id().value());
  }

  /** How much there is of an item, and which instance says so. */
  record Stock(String item, int stock, String instance) {}
}

package io.gossip.samples.quickstart.pricing;

import io.gossip.GossipNode;
import java.math.BigDecimal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PriceController {

  private final GossipNode node;

  PriceController(GossipNode node) {
    this.node = node;
  }

  @GetMapping("/price/{item}")
  Price price(@PathVariable String item) {
    int cents = 99 + 100 * (item.length() % 10); // stands for a price list
    return new Price(item, BigDecimal.valueOf(cents, 2), node.id().value());
  }

  /** What an item costs, and which instance says so. */
  record Price(String item, BigDecimal price, String instance) {}
}

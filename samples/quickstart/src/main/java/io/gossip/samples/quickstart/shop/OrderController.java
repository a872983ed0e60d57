package io.gossip.samples.quickstart.shop;

import java.math.BigDecimal;
import java.util.Objects;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Answers an order with what two other services know, and says who told it. */
@RestController
class OrderController {

  private final RestClient inventory;
  private final WebClient pricing;

  OrderController(@LoadBalanced RestClient.Builder rest, @LoadBalanced WebClient.Builder web) {
    this.inventory = rest.baseUrl("http://inventory").build(); // a name, not a host
    this.pricing = web.baseUrl("http://pricing").build();
  }

  @GetMapping("/order/{item}")
  Mono<Order> order(@PathVariable String item) {
    Stock stock =
        Objects.requireNonNull(
            inventory.get().uri("/stock/{item}", item).retrieve().body(Stock.class));
    return pricing
        .get()
        .uri("/price/{item}", item)
        .retrieve()
        .bodyToMono(Price.class)
        .map(
            price ->
                new Order(item, stock.stock(), price.price(), stock.instance(), price.instance()));
  }

  /** What the customer sees. */
  record Order(
      String item, int stock, BigDecimal price, String inventoryInstance, String pricingInstance) {}

  /** What the shop reads of inventory's answer. */
  record Stock(int stock, String instance) {}

  /** What the shop reads of pricing's answer. */
  record Price(BigDecimal price, String instance) {}
}

package io.gossip.spring.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** Applications that call the service {@code stock} in every way there is. */
final class Shops {

  private Shops() {}

  /** A call of each kind; gives the answer, or throws. */
  static Map<String, Supplier<String>> calls(ConfigurableApplicationContext shop) {
    RestTemplate template = shop.getBean(RestTemplate.class);
    RestClient client = shop.getBean(RestClient.Builder.class).build();
    WebClient reactive = shop.getBean(WebClient.Builder.class).build();
    StockExchange exchange = shop.getBean(StockExchange.class);
    StockFeign feign = shop.getBean(StockFeign.class);
    Map<String, Supplier<String>> calls = new LinkedHashMap<>();
    calls.put("RestTemplate", () -> template.getForObject("http://stock/who", String.class));
    calls.put(
        "RestClient", () -> client.get().uri("http://stock/who").retrieve().body(String.class));
    calls.put(
        "WebClient",
        () -> reactive.get().uri("http://stock/who").retrieve().bodyToMono(String.class).block());
    calls.put("HTTP interface", exchange::who);
    calls.put("Feign", feign::who);
    return calls;
  }

  interface StockExchange {
    @GetExchange("/who")
    String who();
  }

  @FeignClient("stock")
  interface StockFeign {
    @GetMapping("/who")
    String who();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableFeignClients(clients = StockFeign.class)
  @ImportHttpServices(group = "stock", types = StockExchange.class)
  static class Shop {

    @Bean
    @LoadBalanced
    RestClient.Builder restClientBuilder() {
      return RestClient.builder();
    }

    @Bean
    @LoadBalanced
    RestTemplate restTemplate() {
      return new RestTemplate();
    }

    @Bean
    @LoadBalanced
    WebClient.Builder webClientBuilder() {
      return WebClient.builder();
    }
  }

  /** One that has a list of instances of its own, with Spring Cloud's cache. */
  @Configuration(proxyBeanMethods = false)
  @LoadBalancerClient(name = "stock", configuration = OwnList.class)
  static class CachingShop extends Shop {}

  static class OwnList {

    @Bean
    ServiceInstanceListSupplier ownList(ConfigurableApplicationContext context) {
      return ServiceInstanceListSupplier.builder()
          .withBlockingDiscoveryClient()
          .withCaching()
          .build(context);
    }
  }
}

package io.gossip.samples.quickstart.shop;

import io.gossip.samples.quickstart.MemberLog;
import io.gossip.samples.quickstart.ServicesController;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Takes orders. */
@SpringBootApplication
@Import({MemberLog.class, ServicesController.class})
public class ShopApplication {

  /** Starts with the settings of shop.yml. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(ShopApplication.class)
        .properties("spring.config.name=shop")
        .run(args);
  }

  /** Its clients take the host of a URL for the name of a service, and find an instance of it. */
  @Bean
  @LoadBalanced
  RestClient.Builder restClientBuilder(RestClientBuilderConfigurer boot) {
    return boot.configure(RestClient.builder()); // time-outs, converters, metrics: as Boot has them
  }

  /** The same for reactive clients. */
  @Bean
  @LoadBalanced
  WebClient.Builder webClientBuilder(ObjectProvider<WebClientCustomizer> boot) {
    WebClient.Builder builder = WebClient.builder();
    boot.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder;
  }
}

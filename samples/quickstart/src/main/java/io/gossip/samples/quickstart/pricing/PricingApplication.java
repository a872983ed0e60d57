package io.gossip.samples.quickstart.pricing;

import io.gossip.samples.quickstart.MemberLog;
import io.gossip.samples.quickstart.ServicesController;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Knows what it costs. */
@SpringBootApplication
@Import({MemberLog.class, ServicesController.class})
public class PricingApplication {

  /** Starts with the settings of pricing.yml. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(PricingApplication.class)
        .properties("spring.config.name=pricing")
        .run(args);
  }
}

package io.gossip.samples.quickstart.inventory;

import io.gossip.samples.quickstart.MemberLog;
import io.gossip.samples.quickstart.ServicesController;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Knows how much there is. */
@SpringBootApplication
@Import({MemberLog.class, ServicesController.class})
public class InventoryApplication {

  /** Starts with the settings of inventory.yml. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(InventoryApplication.class)
        .properties("spring.config.name=inventory")
        .run(args);
  }
}

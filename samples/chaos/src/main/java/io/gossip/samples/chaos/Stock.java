package io.gossip.samples.chaos;

import io.gossip.samples.quickstart.inventory.InventoryApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.event.EventListener;

/** The quickstart's inventory, which says besides when it is ready. */
public class Stock {

  /** Starts with the settings of the quickstart's inventory.yml. */
  public static void main(String[] args) {
    Parent.endWithIt();
    new SpringApplicationBuilder(InventoryApplication.class, Stock.class)
        .properties("spring.config.name=inventory")
        .run(args);
  }

  @EventListener
  void available(AvailabilityChangeEvent<ReadinessState> event) {
    if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
      Line.say(Line.READY, Line.now());
    }
  }
}

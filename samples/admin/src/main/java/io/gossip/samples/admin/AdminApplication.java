package io.gossip.samples.admin;

import de.codecentric.boot.admin.server.config.EnableAdminServer;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Shows all instances that the cluster has. */
@SpringBootApplication
@EnableAdminServer
public class AdminApplication {

  /** Starts with the settings of admin.yml. */
  public static void main(String[] args) {
    run(args);
  }

  static ConfigurableApplicationContext run(String... args) {
    return new SpringApplicationBuilder(AdminApplication.class)
        .properties("spring.config.name=admin")
        .run(args);
  }
}

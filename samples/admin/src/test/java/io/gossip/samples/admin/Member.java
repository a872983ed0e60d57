package io.gossip.samples.admin;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** An application that knows nothing of Spring Boot Admin. */
@SpringBootConfiguration
@EnableAutoConfiguration
class Member {

  public static void main(String[] args) {
    SpringApplication.run(Member.class, args);
  }

  /** Its command line: what all have, and more. */
  static String[] settings(String name, String... more) {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("--spring.application.name=" + name);
    settings.add("--spring.main.banner-mode=off");
    settings.add("--spring.thymeleaf.check-template-location=false");
    settings.add("--server.address=127.0.0.1");
    settings.add("--server.port=0");
    settings.add("--gossip.bind.host=127.0.0.1");
    settings.add("--gossip.bind.port=0");
    settings.add("--gossip.profile=local");
    settings.add("--management.endpoints.web.exposure.include=health,gossip");
    settings.add("--gossip.shutdown.drain-delay=1s");
    settings.add("--logging.level.root=warn");
    settings.add("--logging.level.io.gossip=info");
    return settings.toArray(String[]::new);
  }

  /** Starts one in a process of its own; what it prints goes to a file. */
  static Process start(File log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Member.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }
}

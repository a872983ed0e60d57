package io.gossip.samples.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/**
 * Calls the inventory by its name at a constant rate, however long the answers take, and tells what
 * came of each call and who is in rotation. Begins when a line comes in, and then goes on to the
 * end.
 */
@SpringBootApplication
public class Customer {

  private static final String SERVICE = "inventory";
  private static final long LOOK_MILLIS = 2;

  /** Properties as for any application; {@code --rate} is that of its calls, per second. */
  public static void main(String[] args) throws IOException {
    Parent.endWithIt();
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Customer.class)
            .properties("spring.config.name=customer")
            .run(args);
    double rate = Double.parseDouble(context.getEnvironment().getRequiredProperty("rate"));
    Thread watch = new Thread(() -> watchRotation(context), "rotation");
    watch.setDaemon(true);
    watch.start();
    if (System.in.read() >= 0) {
      call(context.getBean(RestClient.Builder.class).build(), rate);
    }
  }

  /** Has time-outs, and whatever else Boot's properties say. */
  @Bean
  @LoadBalanced
  RestClient.Builder restClientBuilder(RestClientBuilderConfigurer boot) {
    return boot.configure(RestClient.builder());
  }

  private static void watchRotation(ConfigurableApplicationContext context) {
    LoadBalancerClientFactory clients = context.getBean(LoadBalancerClientFactory.class);
    ServiceInstanceListSupplier supplier =
        Objects.requireNonNull(clients.getInstance(SERVICE, ServiceInstanceListSupplier.class));
    List<String> before = List.of();
    while (true) {
      List<ServiceInstance> found = Objects.requireNonNull(supplier.get().blockFirst());
      List<String> now = found.stream().map(ServiceInstance::getInstanceId).toList();
      if (!now.equals(before)) {
        before = now;
        Line.say(Line.ROTATION, Line.now(), String.join(" ", now));
      }
      pause(LOOK_MILLIS * 1_000_000);
    }
  }

  private static void call(RestClient client, double rate) {
    ExecutorService callers = Executors.newCachedThreadPool();
    long begun = System.nanoTime();
    long begunAt = Line.now();
    for (long i = 0; ; i++) {
      long due = (long) (i * 1e9 / rate);
      pause(begun + due - System.nanoTime());
      callers.execute(() -> call(client, begunAt + due / 1_000));
    }
  }

  private static void call(RestClient client, long due) {
    try {
      Answer answer =
          client.get().uri("http://" + SERVICE + "/stock/apple").retrieve().body(Answer.class);
      Line.say(Line.CALL, due, Line.now() - due, Objects.requireNonNull(answer).instance());
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      Line.say(Line.FAILED, due, Line.now() - due, cause.getClass().getSimpleName());
    }
  }

  private static void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is read of an answer. */
  record Answer(String instance) {}
}

package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.spring.actuate.GossipEndpoint;
import io.gossip.spring.autoconfigure.GossipAutoConfiguration;
import io.gossip.spring.autoconfigure.GossipDashboardAutoConfiguration;
import io.gossip.spring.autoconfigure.GossipEndpointAutoConfiguration;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.actuate.endpoint.web.WebMvcEndpointHandlerMapping;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Where endpoints are served by something else than Spring MVC or WebFlux, there is no dashboard.
 */
@ExtendWith(OutputCaptureExtension.class)
class DashboardStacksTest {

  private static final AutoConfigurations OURS =
      AutoConfigurations.of(
          EndpointAutoConfiguration.class,
          WebEndpointAutoConfiguration.class,
          GossipAutoConfiguration.class,
          GossipEndpointAutoConfiguration.class,
          GossipDashboardAutoConfiguration.class);

  private final WebApplicationContextRunner runner =
      new WebApplicationContextRunner()
          .withConfiguration(OURS)
          .withPropertyValues(DashboardEndpointTest.DASHBOARD)
          .withPropertyValues(
              "gossip.profile=local", "gossip.bind.host=127.0.0.1", "gossip.bind.port=0");

  static Stream<FilteredClassLoader> likeJersey() {
    return Stream.of(
        new FilteredClassLoader("org.springframework.web.servlet"),
        new FilteredClassLoader(WebMvcEndpointHandlerMapping.class), // Spring MVC without Boot's
        new FilteredClassLoader("none of them") // Boot's, but no servlet of it
        );
  }

  @ParameterizedTest
  @MethodSource("likeJersey")
  void aServletApplicationWithoutSpringMvcHasNoneAndSaysWhatIsMissing(
      FilteredClassLoader classes, CapturedOutput log) {
    runner
        .withClassLoader(classes)
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .hasSingleBean(GossipEndpoint.class)
                  .doesNotHaveBean(DashboardEndpoint.class);
              ready(context.getSourceApplicationContext());
              assertThat(log)
                  .contains("does not serve its endpoints with Spring MVC or WebFlux")
                  .contains("spring-boot-webmvc")
                  .doesNotContain("The dashboard is at");
            });
  }

  @Test
  void aServletApplicationWithSpringMvcHasOne() {
    runner
        .withConfiguration(AutoConfigurations.of(DispatcherServletAutoConfiguration.class))
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(DispatcherServlet.class)
                    .hasSingleBean(DashboardEndpoint.class));
  }

  private static void ready(ConfigurableApplicationContext context) {
    context
        .getBean(DashboardNotice.class)
        .onApplicationEvent(
            new ApplicationReadyEvent(
                new SpringApplication(), new String[0], context, Duration.ZERO));
  }
}

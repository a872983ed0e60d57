package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.springframework.security.config.Customizer.withDefaults;

import io.gossip.spring.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.util.ClassUtils;

/**
 * Who may see the dashboard, where the rules are the application's: whoever signs in may look at
 * endpoints, but only an operator at {@code gossip}. It has a class path of its own, see the pom.
 */
@Tag("once") // on the first of two JDKs
class SecuredDashboardTest {

  private static final String HOME = "/actuator/gossipdashboard";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Cluster cluster = new Cluster();

  @BeforeAll
  static void needsItsClassPath() {
    assumeTrue(
        ClassUtils.isPresent(
            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration", null),
        "by its name it is run with -Dkept-out=x:x");
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void thePageItsFilesAndItsStreamAskForTheLoginAsEveryEndpointDoes(WebApplicationType type)
      throws Exception {
    ConfigurableApplicationContext context = start(type);
    for (String path : everything()) {
      assertThat(status(context, path, null)).as("of anybody, %s", path).isEqualTo(401);
      assertThat(status(context, path, "reader")).as("of a reader, %s", path).isEqualTo(200);
      assertThat(status(context, path, "operator")).as("of an operator, %s", path).isEqualTo(200);
    }
    assertThat(status(context, "/actuator/gossip", null)).isEqualTo(401);
    assertThat(status(context, "/actuator/gossip", "reader")).isEqualTo(403);
    assertThat(status(context, "/actuator/gossip", "operator")).isEqualTo(200);
  }

  private static List<String> everything() {
    List<String> paths = new ArrayList<>(List.of(HOME, HOME + "/" + DashboardEndpoint.STREAM));
    Assets.NAMES.forEach(name -> paths.add(HOME + "/" + name));
    return paths;
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void thePolicyOfThePageStands(WebApplicationType type) throws Exception {
    ConfigurableApplicationContext context = start(type);
    HttpResponse<InputStream> response = get(context, HOME, "reader");
    response.body().close();
    assertThat(response.headers().allValues("Content-Security-Policy"))
        .containsExactly(Headers.ALL.get("Content-Security-Policy"));
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsOnly("nosniff");
  }

  @Test
  void whoMaySeeThePageButNotTheEndpointSeesASentenceAndNoData() throws Exception {
    ConfigurableApplicationContext context = start(WebApplicationType.SERVLET);
    try (Browser browser = Browser.start()) {
      browser.command("Network.enable", Map.of());
      as(browser, "reader");
      browser.open(Cluster.management(context, HOME));
      browser.until("document.getElementById('problem').innerText.startsWith('You may not read')");
      String name = Cluster.node(context).id().value();
      assertThat(browser.text("return document.documentElement.innerText")).doesNotContain(name);
      assertThat(browser.run("return document.querySelectorAll('.member').length").asInt())
          .isZero();
      as(browser, "operator");
      browser.until("document.querySelectorAll('.member').length === 1");
      browser.until("document.getElementById('problem').hidden");
      browser.until("document.getElementById('link').dataset.link === 'live'");
      assertThat(browser.text("return document.documentElement.innerText")).contains(name);
    }
  }

  private static void as(Browser browser, String user) {
    browser.command(
        "Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Authorization", basic(user))));
  }

  private ConfigurableApplicationContext start(WebApplicationType type) {
    Class<?> rules = type == WebApplicationType.SERVLET ? ServletRules.class : ReactiveRules.class;
    return cluster.start(
        type,
        rules,
        "shop",
        "gossip.dashboard.enabled=true",
        "management.endpoints.web.exposure.include=gossip,gossipevents");
  }

  private static int status(
      ConfigurableApplicationContext context, String path, @Nullable String user)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = get(context, path, user);
    response.body().close(); // of the stream, there is no end
    return response.statusCode();
  }

  private static HttpResponse<InputStream> get(
      ConfigurableApplicationContext context, String path, @Nullable String user)
      throws IOException, InterruptedException {
    URI uri = Cluster.management(context, path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Cluster.PATIENCE);
    if (user != null) {
      request.header("Authorization", basic(user));
    }
    return CLIENT.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static String basic(String user) {
    byte[] both = (user + ":secret").getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private static UserDetails[] users() {
    return new UserDetails[] {
      User.withUsername("reader").password("{noop}secret").roles("READER").build(),
      User.withUsername("operator").password("{noop}secret").roles("OPERATOR").build()
    };
  }

  @Configuration(proxyBeanMethods = false)
  static class ServletRules {

    @Bean
    SecurityFilterChain endpoints(HttpSecurity http) {
      return http.securityMatcher(EndpointRequest.toAnyEndpoint())
          .authorizeHttpRequests(
              requests ->
                  requests
                      .requestMatchers(EndpointRequest.to("gossip"))
                      .hasRole("OPERATOR")
                      .anyRequest()
                      .authenticated())
          .httpBasic(withDefaults())
          .build();
    }

    @Bean
    InMemoryUserDetailsManager people() {
      return new InMemoryUserDetailsManager(users());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ReactiveRules {

    @Bean
    SecurityWebFilterChain endpoints(ServerHttpSecurity http) {
      return http.securityMatcher(toAnyEndpoint())
          .authorizeExchange(
              exchanges ->
                  exchanges
                      .matchers(
                          org.springframework.boot.security.autoconfigure.actuate.web.reactive
                              .EndpointRequest.to("gossip"))
                      .hasRole("OPERATOR")
                      .anyExchange()
                      .authenticated())
          .httpBasic(withDefaults())
          .build();
    }

    private static org.springframework.boot.security.autoconfigure.actuate.web.reactive
            .EndpointRequest.EndpointServerWebExchangeMatcher
        toAnyEndpoint() {
      return org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest
          .toAnyEndpoint();
    }

    @Bean
    MapReactiveUserDetailsService people() {
      return new MapReactiveUserDetailsService(users());
    }
  }
}

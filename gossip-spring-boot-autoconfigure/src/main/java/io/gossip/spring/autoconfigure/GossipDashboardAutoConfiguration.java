package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.actuate.GossipEndpoint;
import io.gossip.spring.actuate.Reports;
import io.gossip.spring.dashboard.DashboardEndpoint;
import io.gossip.spring.dashboard.DashboardExposure;
import io.gossip.spring.dashboard.DashboardNotice;
import io.gossip.spring.dashboard.ReactiveHeaders;
import io.gossip.spring.dashboard.Signals;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * {@code /actuator/gossipdashboard}, where {@code gossip.dashboard.enabled} asks for it and the
 * endpoint {@code gossip} is there to be read. It is served where Boot serves endpoints with Spring
 * MVC or WebFlux, of which each has a way of its own to stream: not with Jersey, even where the
 * classes of Spring MVC are there.
 */
@AutoConfiguration(
    after = GossipAutoConfiguration.class,
    afterName = "org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration")
@ConditionalOnClass({WebEndpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(GossipNode.class)
@ConditionalOnBooleanProperty("gossip.dashboard.enabled")
public final class GossipDashboardAutoConfiguration {

  @Bean
  DashboardNotice gossipDashboardNotice(
      ObjectProvider<WebEndpointsSupplier> endpoints,
      ObjectProvider<PathMappedEndpoints> paths,
      ObjectProvider<Signals> signals,
      ObjectProvider<DashboardEndpoint> dashboard) {
    return new DashboardNotice(
        endpoints, paths, signals.getIfAvailable() != null, dashboard.getIfAvailable() != null);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication
  @ConditionalOnAvailableEndpoint(endpoint = GossipEndpoint.class, exposure = EndpointExposure.WEB)
  static class ServedConfiguration {

    @Bean
    static DashboardExposure gossipDashboardExposure() {
      return new DashboardExposure();
    }

    @Bean
    Signals gossipDashboardSignals(GossipNode node, Reports reports, ApplicationContext context) {
      return new Signals(node, reports::outdated, context);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(
        value = DispatcherServlet.class,
        name = "org.springframework.boot.webmvc.actuate.endpoint.web.WebMvcEndpointHandlerMapping")
    @ConditionalOnBean(DispatcherServlet.class)
    static class ServletConfiguration {

      @Bean
      DashboardEndpoint gossipDashboardEndpoint(
          Signals signals, ObjectProvider<PathMappedEndpoints> paths) {
        return DashboardEndpoint.servlet(signals, paths::getObject);
      }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(
        value = DispatcherHandler.class,
        name =
            "org.springframework.boot.webflux.actuate.endpoint.web.WebFluxEndpointHandlerMapping")
    static class ReactiveConfiguration {

      @Bean
      DashboardEndpoint gossipDashboardEndpoint(
          Signals signals, ObjectProvider<PathMappedEndpoints> paths) {
        return DashboardEndpoint.reactive(signals, paths::getObject);
      }

      @Bean
      ReactiveHeaders gossipDashboardHeaders(ObjectProvider<PathMappedEndpoints> paths) {
        return new ReactiveHeaders(paths::getObject);
      }
    }
  }
}

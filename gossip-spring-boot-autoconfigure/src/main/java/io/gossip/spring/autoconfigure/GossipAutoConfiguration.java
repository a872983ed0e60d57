package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.MembershipListener;
import io.gossip.netty.MemberFilter;
import io.gossip.netty.Signing;
import io.gossip.spring.GossipConnectionDetails;
import io.gossip.spring.GossipInstanceProperties;
import io.gossip.spring.GossipNodeCustomizer;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.GossipSwimProperties;
import io.gossip.spring.actuate.Reports;
import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.event.GossipEventPublisher;
import io.gossip.spring.history.EventHistory;
import io.gossip.spring.keys.GossipKeys;
import io.gossip.spring.keys.OwnCertificate;
import io.gossip.spring.lifecycle.GossipLeaveLifecycle;
import io.gossip.spring.lifecycle.GossipLifecycle;
import io.gossip.spring.lifecycle.JoinWait;
import io.gossip.spring.lifecycle.KeyRefreshListener;
import io.gossip.spring.lifecycle.LocalService;
import io.gossip.spring.lifecycle.LocalServiceSettings;
import io.gossip.spring.lifecycle.MembershipLog;
import io.gossip.spring.lifecycle.PlainAnnouncer;
import io.gossip.spring.lifecycle.ReadinessListener;
import io.gossip.spring.lifecycle.RefreshListener;
import io.gossip.spring.lifecycle.ServiceAnnouncement;
import io.gossip.spring.lifecycle.ServiceAnnouncer;
import io.gossip.spring.lifecycle.ServiceDefinition;
import io.gossip.spring.lifecycle.WebServerListener;
import io.gossip.spring.service.GossipServices;
import io.gossip.swim.SwimConfig;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The node, its life within the application, the application's service, and member events. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration",
      "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration"
    })
@ConditionalOnClass(GossipNode.class)
@ConditionalOnBooleanProperty(name = "gossip.enabled", matchIfMissing = true)
@EnableConfigurationProperties({
  GossipProperties.class,
  GossipInstanceProperties.class,
  GossipSwimProperties.class
})
public final class GossipAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(GossipConnectionDetails.class)
  PropertiesConnectionDetails gossipConnectionDetails(GossipProperties properties) {
    return new PropertiesConnectionDetails(properties);
  }

  @Bean
  UnknownProperties gossipUnknownProperties(Environment environment) {
    return new UnknownProperties(environment);
  }

  @Bean
  @ConditionalOnMissingBean
  SwimConfig gossipSwimConfig(GossipProperties properties, GossipSwimProperties swim) {
    return SwimConfigs.of(properties, swim);
  }

  @Bean
  @ConditionalOnMissingBean
  GossipNode gossipNode(
      GossipProperties properties,
      GossipInstanceProperties instance,
      Environment environment,
      SwimConfig swim,
      GossipConnectionDetails connection,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<MemberFilter> filter,
      ObjectProvider<GossipNodeCustomizer> customizers) {
    SslBundles available = bundles.getIfAvailable();
    StreamTlsFactory tls = new StreamTlsFactory(properties.ssl(), available);
    Signing signing = IdentityFactory.of(properties, available);
    return new NodeFactory(properties, instance, environment)
        .create(
            swim,
            connection.getSeeds(),
            tls,
            signing,
            filter.getIfAvailable(),
            customizers.orderedStream());
  }

  /** Absent where streams have no TLS. Made after the node, which says what bundles there are. */
  @Bean
  @ConditionalOnMissingBean
  @Conditional(OnBundle.class)
  OwnCertificate gossipOwnCertificate(
      GossipNode node, GossipProperties properties, Environment environment, SslBundles bundles) {
    return StreamTlsFactory.certificate(properties.ssl(), environment, bundles);
  }

  /** Absent where the node was built without keys. */
  @Bean
  @ConditionalOnMissingBean
  @Conditional(OnKeys.class)
  GossipKeys gossipKeys(GossipNode node, GossipProperties properties) {
    Duration retireAfter = properties.encryption().retireAfter();
    PropertyRules.notNegative("gossip.encryption.retire-after", retireAfter);
    return new GossipKeys(node, retireAfter, Duration.ofSeconds(1));
  }

  @Bean
  @ConditionalOnMissingBean
  GossipServices gossipServices(GossipNode node, GossipProperties properties) {
    return new GossipServices(node::members, properties.discovery().includeSelf());
  }

  @Bean
  LocalService gossipLocalService(
      GossipNode node,
      Environment environment,
      GossipProperties properties,
      GossipInstanceProperties instance,
      ObjectProvider<BuildProperties> build) {
    return new LocalService(
        node,
        environment,
        definition(instance, environment, node, build),
        new LocalServiceSettings(
            instance.register(), properties.status().readiness(), instance.autoMetadata()));
  }

  private static ServiceDefinition definition(
      GossipInstanceProperties instance,
      Environment environment,
      GossipNode node,
      ObjectProvider<BuildProperties> build) {
    BuildProperties properties = build.getIfAvailable();
    return ServiceDefinition.of(
        instance,
        environment,
        node.id().value(),
        properties == null ? null : properties.getVersion());
  }

  @Bean
  ServiceAnnouncement gossipServiceAnnouncement(
      LocalService service, ObjectProvider<ServiceAnnouncer> announcer) {
    return new ServiceAnnouncement(
        service, () -> announcer.getIfAvailable(() -> new PlainAnnouncer(service)));
  }

  @Bean
  GossipLifecycle gossipLifecycle(
      GossipNode node,
      ServiceAnnouncement announcement,
      GossipProperties properties,
      GossipConnectionDetails connection,
      SwimConfig swim,
      ObjectProvider<MembershipListener> listeners) {
    return new GossipLifecycle(
        node,
        announcement,
        joinWait(properties.join(), !connection.getSeeds().isEmpty(), swim),
        swim.leaveTimeout(),
        listeners.orderedStream().toList());
  }

  private static JoinWait joinWait(GossipProperties.Join join, boolean seeded, SwimConfig swim) {
    int members = Math.max(join.minMembers(), seeded ? 2 : 1);
    Duration timeout = join.startupTimeout();
    if (timeout.isZero() && join.failFast()) {
      timeout = swim.joinTimeout();
    }
    return new JoinWait(timeout, members, join.failFast());
  }

  @Bean
  GossipLeaveLifecycle gossipLeaveLifecycle(
      GossipNode node,
      ServiceAnnouncement announcement,
      ApplicationContext context,
      GossipProperties properties,
      SwimConfig swim) {
    return new GossipLeaveLifecycle(
        node,
        announcement,
        context,
        properties.status().readiness(),
        properties.shutdown().drainDelay(),
        swim.gossipInterval());
  }

  @Bean
  ReadinessListener gossipReadinessListener(
      ServiceAnnouncement announcement, ApplicationContext context) {
    return new ReadinessListener(announcement, context);
  }

  @Bean
  MembershipLog gossipMembershipLog() {
    return new MembershipLog();
  }

  /** Absent where nothing is to be kept. */
  @Bean
  @ConditionalOnMissingBean
  @Conditional(OnHistory.class)
  EventHistory gossipEventHistory(GossipProperties properties) {
    int capacity = properties.events().history();
    PropertyRules.between("gossip.events.history", capacity, 0, EventHistory.MAX_CAPACITY);
    return new EventHistory(capacity);
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBooleanProperty(
      name = "gossip.loadbalancer.flap-damping.enabled",
      matchIfMissing = true)
  FlapScores gossipFlapScores(GossipProperties properties) {
    GossipProperties.FlapDamping damping = properties.loadbalancer().flapDamping();
    PropertyRules.flapDamping(damping);
    return new FlapScores(damping);
  }

  @Bean
  Reports gossipReports(GossipNode node) {
    return new Reports(node);
  }

  @Bean
  @ConditionalOnBooleanProperty(name = "gossip.events.enabled", matchIfMissing = true)
  GossipEventPublisher gossipEventPublisher(
      GossipNode node, ApplicationContext context, GossipProperties properties) {
    GossipProperties.Batch batch = properties.events().batch();
    PropertyRules.notNegative("gossip.events.batch.debounce", batch.debounce());
    PropertyRules.notNegative("gossip.events.batch.max-delay", batch.maxDelay());
    PropertyRules.between("gossip.events.batch.max-size", batch.maxSize(), 1, Integer.MAX_VALUE);
    return new GossipEventPublisher(
        node, context, properties.events(), properties.discovery().includeSelf());
  }

  /** For applications that have a web server. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(WebServerInitializedEvent.class)
  static class WebServerConfiguration {

    @Bean
    WebServerListener gossipWebServerListener(
        LocalService service, ServiceAnnouncement announcement, ApplicationContext context) {
      return new WebServerListener(service, announcement, context);
    }
  }

  /** For applications whose environment can be refreshed. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(EnvironmentChangeEvent.class)
  static class RefreshConfiguration {

    @Bean
    RefreshListener gossipRefreshListener(
        LocalService service,
        ApplicationContext context,
        Environment environment,
        GossipNode node,
        ObjectProvider<BuildProperties> build) {
      return new RefreshListener(
          service,
          context,
          () ->
              definition(
                  Binder.get(environment)
                      .bindOrCreate("gossip.instance", GossipInstanceProperties.class),
                  environment,
                  node,
                  build));
    }

    @Bean
    @Conditional(OnKeys.class)
    KeyRefreshListener gossipKeyRefreshListener(
        GossipKeys keys, ApplicationContext context, Environment environment) {
      return new KeyRefreshListener(
          keys,
          context,
          () ->
              EncryptionFactory.keys(
                  Binder.get(environment)
                      .bind("gossip.encryption.keys", Bindable.listOf(String.class))
                      .orElse(List.of())));
    }
  }
}

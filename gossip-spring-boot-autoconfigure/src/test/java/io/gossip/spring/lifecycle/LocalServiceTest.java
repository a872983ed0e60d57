package io.gossip.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.GossipNode;
import io.gossip.spring.GossipInstanceProperties;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import io.gossip.spring.diagnostics.InvalidServiceIdException;
import io.gossip.spring.diagnostics.MetadataTooLargeException;
import io.gossip.spring.service.ServiceStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class LocalServiceTest {

  private final MockEnvironment environment =
      new MockEnvironment().withProperty("spring.application.name", "orders");
  private final GossipNode node = GossipNode.builder().id("orders-1").build();

  @Test
  void nothingIsAnnouncedUnasked() {
    LocalService service = service();
    service.webServer(8080);
    service.readiness(true);
    assertThat(node.state()).isEmpty();
    service.announce();
    assertThat(node.state())
        .containsEntry("service.id", "orders")
        .containsEntry("service.instance", "orders-1")
        .containsEntry("service.port", "8080");
  }

  @Test
  void theServiceIsUpWhenEverythingServesAndTheApplicationAcceptsTraffic() {
    LocalService service = service();
    service.announce();
    assertThat(status()).isEqualTo("STARTING");
    service.readiness(true);
    assertThat(status()).isEqualTo("STARTING");
    service.serving();
    assertThat(status()).isEqualTo("UP");
    service.readiness(false);
    assertThat(status()).isEqualTo("OUT_OF_SERVICE");
    service.readiness(true);
    assertThat(status()).isEqualTo("UP");
  }

  @Test
  void leavingWinsOverTheOperatorAndTheOperatorOverReadiness() {
    LocalService service = up();
    service.override("OUT_OF_SERVICE");
    service.readiness(true);
    assertThat(status()).isEqualTo("OUT_OF_SERVICE");
    service.leave();
    service.override("UP");
    assertThat(status()).isEqualTo("LEAVING");
  }

  @Test
  void anOverrideHoldsUntilItIsTakenBack() {
    LocalService service = up();
    service.override("down");
    assertThat(service.override()).isEqualTo(ServiceStatus.DOWN);
    assertThat(status()).isEqualTo("DOWN");
    service.override("CANCEL_OVERRIDE");
    assertThat(service.override()).isNull();
    assertThat(status()).isEqualTo("UP");
    assertThatThrownBy(() -> service.override("SLEEPING"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SLEEPING");
    assertThat(status()).isEqualTo("UP");
  }

  @Test
  void healthDecidesWhereReadinessAgrees() {
    LocalService service = up();
    service.health(ServiceStatus.DOWN);
    assertThat(status()).isEqualTo("DOWN");
    service.health(ServiceStatus.UP);
    assertThat(status()).isEqualTo("UP");
  }

  @Test
  void aNodeThatStartsAgainIsNotCalledUntilEverythingServes() {
    LocalService service = up();
    service.leave();
    service.nodeStarted();
    assertThat(status()).isEqualTo("STARTING");
    assertThat(node.state()).containsEntry("service.port", "8080");
    service.serving();
    assertThat(status()).isEqualTo("UP");
  }

  @Test
  void aWatcherAnnouncesNothing() {
    LocalService service = service("gossip.instance.register", "false");
    service.announce();
    service.serving();
    assertThat(node.state()).isEmpty();
  }

  @Test
  void whatIsTakenBackLeavesOtherStateAlone() {
    node.put("role", "mine");
    LocalService service = up();
    service.withdraw();
    assertThat(node.state()).containsExactly(Map.entry("role", "mine"));
  }

  @Test
  void aRefreshChangesMetadataAndWeightInPlace() {
    LocalService service = up("gossip.instance.metadata.tier", "gold");
    environment.setProperty("gossip.instance.metadata.tier", "silver");
    environment.setProperty("gossip.instance.weight", "7");
    environment.setProperty("gossip.instance.service-id", "another");
    service.refresh(definition());
    assertThat(node.state())
        .containsEntry("meta.tier", "silver")
        .containsEntry("service.weight", "7")
        .containsEntry("service.id", "orders");
  }

  @Test
  void aRefreshThatIsTooMuchChangesNothing() {
    LocalService service = service();
    service.announce(Map.of("added", "x".repeat(1000)));
    for (int i = 0; i < 7; i++) {
      environment.setProperty("gossip.instance.metadata.k" + i, "x".repeat(1020));
    }
    ServiceDefinition newer = definition();
    assertThatThrownBy(() -> service.refresh(newer)).isInstanceOf(IllegalArgumentException.class);
    service.serving();
    service.readiness(true);
    assertThat(status()).isEqualTo("UP");
    assertThat(node.state()).doesNotContainKey("meta.k0");
  }

  @Test
  void theManagementServerIsAnnouncedWhenItsPortIsKnown() {
    environment.setProperty("management.endpoints.web.base-path", "/manage");
    LocalService service = up();
    assertThat(node.state())
        .containsEntry("meta.management.context-path", "/manage")
        .doesNotContainKey("meta.management.port");
    service.managementServer(9001);
    assertThat(node.state()).containsEntry("meta.management.port", "9001");
  }

  @Test
  void aManagementServerThatListensEverywhereIsFoundWhereTheInstanceIs() {
    for (String everywhere :
        List.of("0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0", "::0", "::ffff:0.0.0.0")) {
      assertThat(managementAt(everywhere)).as(everywhere).doesNotContainKey("management.address");
    }
    for (String somewhere : List.of("10.0.0.1", "::1", "[fe80::1]", "0.example.org")) {
      assertThat(managementAt(somewhere)).containsEntry("management.address", somewhere);
    }
    assertThat(ManagementMetadata.of(environment, 9001)).containsEntry("management.port", "9001");
  }

  private Map<String, String> managementAt(String address) {
    environment.setProperty("management.server.address", address);
    return ManagementMetadata.of(environment, 9001);
  }

  @Test
  void ownMetadataWinsOverWhatIsAnnouncedAutomatically() {
    LocalService service = up("gossip.instance.metadata.management.port", "1");
    service.managementServer(9001);
    assertThat(node.state()).containsEntry("meta.management.port", "1");
  }

  @Test
  void configuredPlaceAndSchemeWin() {
    environment.setProperty("server.ssl.bundle", "web");
    up("gossip.instance.host", "orders.example.org");
    assertThat(node.state())
        .containsEntry("service.host", "orders.example.org")
        .containsEntry("service.scheme", "https");
  }

  @Test
  void metadataAddedAtRegistrationStays() {
    LocalService service = service();
    service.announce(Map.of("colour", "blue"));
    service.serving();
    assertThat(node.state()).containsEntry("meta.colour", "blue");
  }

  @Test
  void metadataThatIsTooMuchAtRegistrationChangesNothing() {
    LocalService service = service();
    assertThatThrownBy(() -> service.announce(Map.of("colour", "x".repeat(2000))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(node.state()).isEmpty();
    assertThat(service.isAnnounced()).isFalse();
    service.announce();
    assertThat(node.state()).doesNotContainKey("meta.colour").containsKey("service.id");
  }

  @Test
  void oversizeMetadataIsRefusedByTheNameOfItsProperty() {
    assertThatThrownBy(() -> service("gossip.instance.metadata.note", "x".repeat(1025)))
        .isInstanceOfSatisfying(
            MetadataTooLargeException.class,
            e -> {
              assertThat(e.property()).isEqualTo("gossip.instance.metadata.note");
              assertThat(e.size()).isEqualTo(1025);
              assertThat(e.limit()).isEqualTo(1024);
            });
  }

  @Test
  void tooMuchMetadataInAllIsRefused() {
    for (int i = 0; i < 10; i++) {
      environment.setProperty("gossip.instance.metadata.k" + i, "x".repeat(1000));
    }
    assertThatThrownBy(this::definition)
        .isInstanceOfSatisfying(
            MetadataTooLargeException.class,
            e -> assertThat(e.property()).isEqualTo("gossip.instance.metadata"));
  }

  @Test
  void aNameThatIsNoHostIsRefused() {
    environment.setProperty("spring.application.name", "order_app");
    assertThatThrownBy(this::definition)
        .isInstanceOfSatisfying(
            InvalidServiceIdException.class,
            e -> {
              assertThat(e.property()).isEqualTo("spring.application.name");
              assertThat(e.proposal()).isEqualTo("order-app");
            });
    environment.setProperty("gossip.instance.register", "false");
    assertThat(definition().serviceId()).isEqualTo("application");
  }

  @Test
  void aValueThatCannotBeIsRefusedByTheNameOfItsProperty() {
    assertThatThrownBy(() -> service("gossip.instance.weight", "-1"))
        .isInstanceOf(InvalidGossipPropertyException.class)
        .hasMessageContaining("gossip.instance.weight must not be negative");
  }

  private LocalService up(String... property) {
    LocalService service = service(property);
    service.webServer(8080);
    service.announce();
    service.serving();
    service.readiness(true);
    return service;
  }

  private LocalService service(String... property) {
    if (property.length > 0) {
      environment.setProperty(property[0], property[1]);
    }
    GossipInstanceProperties properties = properties();
    return new LocalService(
        node,
        environment,
        definition(),
        new LocalServiceSettings(properties.register(), true, properties.autoMetadata()));
  }

  private ServiceDefinition definition() {
    return ServiceDefinition.of(properties(), environment, "orders-1", null);
  }

  private GossipInstanceProperties properties() {
    return Binder.get(environment).bindOrCreate("gossip.instance", GossipInstanceProperties.class);
  }

  private String status() {
    return String.valueOf(node.state().get("service.status"));
  }
}

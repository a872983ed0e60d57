package io.gossip.spring.lifecycle;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.spring.service.ServiceRecord;
import io.gossip.spring.service.ServiceStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * This application's own service, and the one place where its status is decided. Thread-safe; never
 * blocks.
 *
 * <p>Others tell it what happens (the web server listens, readiness changed, an operator spoke, the
 * application closes), and it tells the node what differs from what was announced last. Leaving
 * wins over everything, then the operator, then readiness and health.
 */
public final class LocalService {

  /** The operator's word that ends an override. */
  public static final String CANCEL_OVERRIDE = "CANCEL_OVERRIDE";

  private static final Logger log = LoggerFactory.getLogger(LocalService.class);
  private static final int MUCH_METADATA = 512;

  private final GossipNode node;
  private final Environment environment;
  private final LocalServiceSettings settings;
  private final Map<String, String> registered = new TreeMap<>();

  private ServiceDefinition definition;
  private boolean announced;
  private boolean serving;
  private boolean leaving;
  private int webPort;
  private @Nullable Integer managementPort;
  private @Nullable Boolean accepting;
  private @Nullable ServiceStatus health;
  private @Nullable ServiceStatus override;
  private boolean warned;

  /** Announces nothing yet. */
  public LocalService(
      GossipNode node,
      Environment environment,
      ServiceDefinition definition,
      LocalServiceSettings settings) {
    this.node = node;
    this.environment = environment;
    this.definition = definition;
    this.settings = settings;
  }

  /** Whether this application offers a service at all, or only watches. */
  public boolean isOffered() {
    return settings.register();
  }

  /** Whether it is announced at the moment. */
  public synchronized boolean isAnnounced() {
    return announced;
  }

  /** Announces the service from now on. */
  public void announce() {
    change(() -> announced = true);
  }

  /**
   * Announces the service from now on, with metadata besides the configured.
   *
   * @throws IllegalArgumentException if it is more than a member may announce; nothing has changed
   */
  public synchronized void announce(Map<String, String> metadata) {
    Map<String, String> known = record().metadata();
    Map<String, String> former = new LinkedHashMap<>(registered);
    boolean wasAnnounced = announced;
    metadata.forEach(
        (key, value) -> {
          if (!value.equals(known.get(key))) {
            registered.put(key, value);
          }
        });
    announced = true;
    try {
      publish();
    } catch (IllegalArgumentException e) {
      registered.clear();
      registered.putAll(former);
      announced = wasAnnounced;
      throw e;
    }
  }

  /** Takes the service back; the node stays a member. */
  public void withdraw() {
    change(() -> announced = false);
  }

  /** The node has started, for the first time or again. Nothing is served yet. */
  void nodeStarted() {
    change(
        () -> {
          leaving = false;
          serving = false;
        });
  }

  /** The web server listens. */
  void webServer(int port) {
    change(() -> webPort = port);
  }

  /** The management server, which has a port of its own, listens. */
  void managementServer(int port) {
    change(() -> managementPort = port);
  }

  /** Everything that the context starts has started. */
  void serving() {
    change(() -> serving = true);
  }

  /** The application accepts traffic, or refuses it. */
  void readiness(boolean accepts) {
    change(() -> accepting = accepts);
  }

  /** What the watched health group says. */
  public void health(ServiceStatus status) {
    change(() -> health = status);
  }

  /**
   * What the properties say after a refresh.
   *
   * @throws IllegalArgumentException if it is more than a member may announce; nothing has changed
   */
  synchronized void refresh(ServiceDefinition newer) {
    ServiceDefinition former = definition;
    definition = definition.refreshed(newer);
    try {
      publish();
    } catch (IllegalArgumentException e) {
      definition = former;
      throw e;
    }
  }

  /** The application closes: nobody should call it any more. */
  void leave() {
    change(() -> leaving = true);
  }

  /**
   * The operator's word, which wins over readiness until it is taken back.
   *
   * @param status UP, OUT_OF_SERVICE, DOWN, or {@link #CANCEL_OVERRIDE}
   * @throws IllegalArgumentException if it is none of these
   */
  public void override(String status) {
    ServiceStatus wanted =
        switch (status.toUpperCase(Locale.ROOT).replace('-', '_')) {
          case "UP" -> ServiceStatus.UP;
          case "OUT_OF_SERVICE" -> ServiceStatus.OUT_OF_SERVICE;
          case "DOWN" -> ServiceStatus.DOWN;
          case CANCEL_OVERRIDE -> null;
          default ->
              throw new IllegalArgumentException(
                  "status must be UP, OUT_OF_SERVICE, DOWN or CANCEL_OVERRIDE, but was '"
                      + status
                      + "'");
        };
    change(() -> override = wanted);
  }

  /** The operator's word in force. */
  public synchronized @Nullable ServiceStatus override() {
    return override;
  }

  /** The status as announced, or as it would be. */
  public synchronized ServiceStatus status() {
    if (leaving) {
      return ServiceStatus.LEAVING;
    }
    if (override != null) {
      return override;
    }
    if (!serving) {
      return definition.initialStatus();
    }
    if (settings.readiness() && accepting == null) {
      return definition.initialStatus();
    }
    if (settings.readiness() && Boolean.FALSE.equals(accepting)) {
      return ServiceStatus.OUT_OF_SERVICE;
    }
    return health == null ? ServiceStatus.UP : health;
  }

  /** The service as announced, or as it would be. */
  public synchronized ServiceRecord record() {
    Map<String, String> known = new TreeMap<>();
    if (settings.autoMetadata()) {
      known.putAll(ManagementMetadata.of(environment, managementPort));
    }
    known.putAll(registered);
    return definition.record(nodeHost(node.members().self()), webPort, status(), known);
  }

  private static String nodeHost(Member self) {
    String host = self.address().getAddress().getHostAddress();
    int scope = host.indexOf('%'); // says something on this machine only
    return scope < 0 ? host : host.substring(0, scope);
  }

  private synchronized void change(Runnable change) {
    change.run();
    publish();
  }

  private void publish() {
    if (!settings.register()) {
      return;
    }
    ServiceRecord wanted = announced ? record() : null;
    Map<String, @Nullable String> changes = ServiceRecord.changes(node.state(), wanted);
    if (changes.isEmpty()) {
      return;
    }
    node.update(changes);
    if (wanted != null) {
      tell(wanted, changes);
    }
  }

  private void tell(ServiceRecord wanted, Map<String, @Nullable String> changes) {
    if (changes.containsKey("service.status")) {
      log.info("Service {} is announced as {}", wanted.serviceId(), wanted.status());
    }
    int bytes = StateBudget.metadataBytes(wanted);
    if (bytes > MUCH_METADATA && !warned) {
      warned = true;
      log.warn("The service announces {} bytes of metadata; every member keeps them", bytes);
    }
  }

  @Override
  public String toString() {
    return Objects.toString(record());
  }
}

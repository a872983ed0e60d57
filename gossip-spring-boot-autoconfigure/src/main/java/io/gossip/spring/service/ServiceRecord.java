package io.gossip.spring.service;

import io.gossip.membership.Member;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service that a member offers, kept in the member's state: a key for each field, so that a
 * change of one field spreads as that field only.
 *
 * @param serviceId name of the service, a valid host name
 * @param instanceId name of the instance
 * @param host where to call it: a name or a literal address without brackets
 * @param port where to call it; 0 when it cannot be called
 * @param scheme {@code http} or {@code https}
 * @param status whether it wants calls
 * @param weight share of the calls relative to others; 0 for none
 * @param version of the application, if told
 * @param region it runs in, if told
 * @param ports further ports by name, ordered
 * @param metadata anything else, ordered by key
 */
public record ServiceRecord(
    String serviceId,
    String instanceId,
    String host,
    int port,
    String scheme,
    ServiceStatus status,
    int weight,
    @Nullable String version,
    @Nullable String region,
    Map<String, Integer> ports,
    Map<String, String> metadata) {

  /** What the keys of metadata begin with. */
  public static final String METADATA_PREFIX = "meta.";

  private static final String PREFIX = "service.";
  private static final String ID = PREFIX + "id";
  private static final String INSTANCE = PREFIX + "instance";
  private static final String HOST = PREFIX + "host";
  private static final String PORT = PREFIX + "port";
  private static final String SCHEME = PREFIX + "scheme";
  private static final String STATUS = PREFIX + "status";
  private static final String WEIGHT = PREFIX + "weight";
  private static final String VERSION = PREFIX + "version";
  private static final String REGION = PREFIX + "region";
  private static final String PORTS = PORT + ".";

  private static final int MAX_PORT = 65_535;
  private static final Pattern SERVICE_ID =
      Pattern.compile(
          "(?!.{254})[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
              + "(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
  private static final Pattern HOST_TEXT =
      Pattern.compile("[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f:.]{2,45}");

  /** Takes its own ordered copies of the maps. */
  public ServiceRecord {
    ports = Collections.unmodifiableMap(new TreeMap<>(ports));
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** Whether this can be the name of a service, which becomes the host of {@code http://name/}. */
  public static boolean isServiceId(String text) {
    return SERVICE_ID.matcher(text).matches();
  }

  /** Whether this can be a host: a name, or a literal address without brackets and scope. */
  public static boolean isHost(String text) {
    if (!HOST_TEXT.matcher(text).matches()) {
      return false;
    }
    try {
      return new URI("http://" + uriHost(text) + ":1").getHost() != null;
    } catch (URISyntaxException e) {
      return false; // as 1::2::3, which only looks like an address
    }
  }

  /** Only the name of the service that a member offers; {@code null} if it names none. */
  public static @Nullable String serviceId(Member member) {
    String id = member.state().get(ID);
    return id == null || !isServiceId(id) ? null : id;
  }

  /**
   * The service that a member offers.
   *
   * @return {@code null} if it offers none, or if any field makes no sense; never throws, for the
   *     state may come from anybody
   */
  public static @Nullable ServiceRecord read(Member member) {
    Map<String, String> state = member.state();
    String id = serviceId(member);
    if (id == null) {
      return null;
    }
    String instance = state.getOrDefault(INSTANCE, member.id().value());
    String host = state.getOrDefault(HOST, member.address().getAddress().getHostAddress());
    String scheme = state.getOrDefault(SCHEME, "http");
    int port = number(state.getOrDefault(PORT, "0"), MAX_PORT);
    int weight = number(state.getOrDefault(WEIGHT, "1"), Integer.MAX_VALUE);
    ServiceStatus status = status(state.get(STATUS));
    Map<String, Integer> ports = ports(state);
    if (instance.isBlank() || !isHost(host) || !isScheme(scheme)) {
      return null;
    }
    if (port < 0 || weight < 0 || status == null || ports == null) {
      return null;
    }
    Map<String, String> metadata = metadata(state);
    String version = state.get(VERSION);
    String region = state.get(REGION);
    return new ServiceRecord(
        id, instance, host, port, scheme, status, weight, version, region, ports, metadata);
  }

  /** Whether this is a scheme that a service may have. */
  public static boolean isScheme(String text) {
    return text.equals("http") || text.equals("https");
  }

  /** The entries of the member's state that say this. */
  public Map<String, String> toState() {
    Map<String, String> state = new TreeMap<>();
    state.put(ID, serviceId);
    state.put(INSTANCE, instanceId);
    state.put(HOST, host);
    state.put(SCHEME, scheme);
    state.put(STATUS, status.name());
    if (port > 0) {
      state.put(PORT, Integer.toString(port));
    }
    if (weight != 1) {
      state.put(WEIGHT, Integer.toString(weight));
    }
    if (version != null) {
      state.put(VERSION, version);
    }
    if (region != null) {
      state.put(REGION, region);
    }
    ports.forEach((name, number) -> state.put(PORTS + name, number.toString()));
    metadata.forEach((key, value) -> state.put(METADATA_PREFIX + key, value));
    return state;
  }

  /**
   * What has to change in a member's state for it to offer {@code wanted}; entries that are not
   * about a service stay.
   *
   * @param wanted {@code null} to offer none
   */
  public static Map<String, @Nullable String> changes(
      Map<String, String> state, @Nullable ServiceRecord wanted) {
    Map<String, String> target = wanted == null ? Map.of() : wanted.toState();
    Map<String, @Nullable String> changes = new TreeMap<>();
    target.forEach(
        (key, value) -> {
          if (!value.equals(state.get(key))) {
            changes.put(key, value);
          }
        });
    for (String key : state.keySet()) {
      boolean ours = key.startsWith(PREFIX) || key.startsWith(METADATA_PREFIX);
      if (ours && !target.containsKey(key)) {
        changes.put(key, null);
      }
    }
    return changes;
  }

  /** Where to call it. */
  public URI uri() {
    return URI.create(scheme + "://" + uriHost() + ":" + port);
  }

  /** The host as it stands in a URI: a literal IPv6 address is put into brackets. */
  public String uriHost() {
    return uriHost(host);
  }

  private static String uriHost(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** The same service with another status. */
  public ServiceRecord with(ServiceStatus newStatus) {
    return new ServiceRecord(
        serviceId,
        instanceId,
        host,
        port,
        scheme,
        newStatus,
        weight,
        version,
        region,
        ports,
        metadata);
  }

  private static @Nullable ServiceStatus status(@Nullable String text) {
    for (ServiceStatus status : ServiceStatus.values()) {
      if (status.name().equals(text)) {
        return status;
      }
    }
    return null;
  }

  private static @Nullable Map<String, Integer> ports(Map<String, String> state) {
    Map<String, Integer> ports = new TreeMap<>();
    for (Map.Entry<String, String> entry : state.entrySet()) {
      if (entry.getKey().startsWith(PORTS)) {
        int port = number(entry.getValue(), MAX_PORT);
        if (port < 1) {
          return null;
        }
        ports.put(entry.getKey().substring(PORTS.length()), port);
      }
    }
    return ports;
  }

  private static Map<String, String> metadata(Map<String, String> state) {
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, String> entry : state.entrySet()) {
      if (entry.getKey().startsWith(METADATA_PREFIX)) {
        metadata.put(entry.getKey().substring(METADATA_PREFIX.length()), entry.getValue());
      }
    }
    return metadata;
  }

  /** A plain decimal number, or -1. */
  private static int number(String text, int max) {
    if (text.isEmpty() || text.length() > 10) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number <= max ? (int) number : -1;
  }

  @Override
  public String toString() {
    return serviceId + "/" + instanceId + " " + status.name().toLowerCase(Locale.ROOT);
  }
}

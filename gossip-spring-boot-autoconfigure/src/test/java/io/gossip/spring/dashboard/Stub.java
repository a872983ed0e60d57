package io.gossip.spring.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gossip.spring.actuate.GossipDescriptor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.json.JsonMapper;

/** The page with a cluster that is made up, as large and as strange as one likes. */
final class Stub implements AutoCloseable {

  private static final Instant THEN = Instant.parse("2026-01-01T12:00:00Z");

  /** As Actuator writes: what is null is left out. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private static final String HOME = "/actuator/gossipdashboard";

  private final Assets assets = new Assets();
  private final Paths paths = new Paths(() -> new PathMappedEndpoints("/actuator", List.of()));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private final Map<String, GossipDescriptor.Member> members = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private List<GossipDescriptor.Trail> trail =
      List.of(
          new GossipDescriptor.Trail(
              THEN, "LINK_LOST", "shop-1", "CONNECTION_RESET", 0, 0, 0.4, null, ""),
          new GossipDescriptor.Trail(
              THEN.plusMillis(20),
              "ACCUSED",
              "shop-1",
              "CONNECTION_REFUSED",
              0,
              0,
              0.4,
              2000d,
              "its port refuses connections"));
  private List<String> cut = List.of();
  private Instant started = THEN;
  private int besides;
  private @Nullable String instead;
  private int status = 200;
  private boolean tellsEvents = true;

  Stub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI page() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + HOME);
  }

  /** Sets members, and tells the pages. */
  void set(GossipDescriptor.Member... changed) {
    synchronized (this) {
      for (GossipDescriptor.Member member : changed) {
        members.put(member.nodeId(), member);
      }
    }
    signal();
  }

  /** What spoke for and against every member. */
  synchronized void trail(GossipDescriptor.Trail... entries) {
    trail = List.of(entries);
  }

  /** The same, with moments that are a little later, as those that are told by their age are. */
  synchronized void trailAgain(Duration later) {
    trail =
        trail.stream()
            .map(
                entry ->
                    new GossipDescriptor.Trail(
                        entry.at().plus(later),
                        entry.step(),
                        entry.by(),
                        entry.evidence(),
                        entry.accuserHealth(),
                        entry.memberHealth(),
                        entry.rttMillis(),
                        entry.timerMillis(),
                        entry.detail()))
            .toList();
  }

  /** Zones that are cut off. */
  synchronized void cut(String... zones) {
    cut = List.of(zones);
  }

  /** What the endpoint answers with from now on. */
  synchronized void status(int code) {
    status = code;
  }

  /** What the endpoint answers instead of what it should; {@code null} for what it should. */
  synchronized void answerInstead(@Nullable String body) {
    instead = body;
  }

  /** So many members are not listed. */
  synchronized void omit(int count) {
    besides = count;
  }

  /** From now on this is another process, which has heard of nothing yet. */
  synchronized void restart() {
    started = started.plusSeconds(3600);
    events.clear();
    members.clear();
  }

  /** Adds to the timeline. */
  synchronized void event(
      String type, String member, @Nullable String reason, @Nullable List<String> by) {
    int sequence = events.size() + 1;
    events.add(
        0,
        new Event(sequence, started.plusSeconds(sequence), type, member, null, null, reason, by));
  }

  /** From now on there is no endpoint that tells the timeline. */
  synchronized void tellNoEvents() {
    tellsEvents = false;
  }

  /** Tells the pages; a stream that one of them has closed is forgotten. */
  void signal() {
    streams.removeIf(stream -> !isTold(stream));
  }

  private static boolean isTold(OutputStream stream) {
    try {
      stream.write("event:view\ndata:1\n\n".getBytes(StandardCharsets.UTF_8));
      stream.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals(HOME)) {
      send(exchange, 200, "text/html;charset=UTF-8", assets.page(paths));
    } else if (path.equals(HOME + "/signals")) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      streams.add(exchange.getResponseBody());
      signal();
    } else if (path.startsWith(HOME + "/")) {
      String name = path.substring(HOME.length() + 1);
      byte[] file = assets.file(name);
      send(
          exchange,
          file == null ? 404 : 200,
          Assets.type(name).toString(),
          file == null ? new byte[0] : file);
    } else {
      send(exchange, status(path), "application/json", json(exchange.getRequestURI(), path));
    }
  }

  private synchronized int status(String path) {
    return path.endsWith("gossipevents") && !tellsEvents ? 404 : status;
  }

  private synchronized byte[] json(URI uri, String path) {
    Object body;
    Map<String, String> query =
        UriComponentsBuilder.fromUri(uri).build().getQueryParams().toSingleValueMap();
    if (instead != null) {
      return instead.getBytes(StandardCharsets.UTF_8);
    } else if (path.equals("/actuator/gossip")) {
      String member = query.get("member");
      body =
          cluster(
              member == null
                  ? List.copyOf(members.values())
                  : Stream.ofNullable(members.get(UriUtils.decode(member, StandardCharsets.UTF_8)))
                      .map(this::withTrail)
                      .toList());
    } else if (path.equals("/actuator/gossipevents")) {
      int after = Integer.parseInt(query.get("after"));
      int limit = Integer.parseInt(query.get("limit"));
      body =
          Map.of(
              "capacity",
              256,
              "recorded",
              events.size(),
              "events",
              events.stream().filter(event -> event.sequence() > after).limit(limit).toList());
    } else {
      body = Map.of();
    }
    return JSON.writeValueAsBytes(body);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    Headers.ALL.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** One that lives. */
  static GossipDescriptor.Member member(String id, String service, String zone) {
    return member(id, service, zone, "ALIVE", List.of(), Map.of("team", "fruit"));
  }

  static GossipDescriptor.Member member(
      String id,
      String service,
      String zone,
      String state,
      List<String> accusers,
      Map<String, String> metadata) {
    return new GossipDescriptor.Member(
        id,
        "10.0.0.1:7946",
        zone,
        state,
        "UP",
        THEN,
        0,
        THEN,
        THEN,
        0.4,
        List.of(),
        accusers.stream().map(accuser -> accuser + ": connection refused").toList(),
        accusers,
        0,
        null,
        null,
        null,
        null,
        new GossipDescriptor.Service(
            service, id, "http://10.0.0.1:8080", zone, 1, "1.0", Map.of("grpc", 9090), metadata));
  }

  private GossipDescriptor.Member withTrail(GossipDescriptor.Member m) {
    return with(m, trail, m.service());
  }

  /** One that offers nothing. */
  static GossipDescriptor.Member watcher(String id, String zone) {
    return with(member(id, "", zone), null, null);
  }

  private static GossipDescriptor.Member with(
      GossipDescriptor.Member m,
      @Nullable List<GossipDescriptor.Trail> trail,
      GossipDescriptor.@Nullable Service service) {
    return new GossipDescriptor.Member(
        m.nodeId(),
        m.address(),
        m.zone(),
        m.state(),
        m.status(),
        m.generation(),
        m.incarnation(),
        m.since(),
        m.lastSeen(),
        m.rttMillis(),
        m.keys(),
        m.suspectedBy(),
        m.accusers(),
        m.localHealthScore(),
        trail,
        m.flapScore(),
        m.dampedUntil(),
        m.quarantinedUntil(),
        service);
  }

  private GossipDescriptor cluster(List<GossipDescriptor.Member> all) {
    GossipDescriptor.Counts counts =
        new GossipDescriptor.Counts(
            count(all, "ALIVE"), count(all, "SUSPECT"), count(all, "LEFT"), count(all, "DEAD"));
    double wave = Math.sin(System.nanoTime() / 4e9);
    return new GossipDescriptor(
        "shop",
        all.isEmpty() ? "nobody" : all.get(0).nodeId(),
        "JOINED",
        1,
        System.nanoTime(),
        1,
        new GossipDescriptor.Local(
            "10.0.0.1:7946", "0.0.0.0:7946", "chosen", 0, 0, "3/3", "UP", null, "epoll", true),
        new GossipDescriptor.Security(
            List.of(), true, true, false, null, null, Map.of(), List.of()),
        List.of(
            new GossipDescriptor.Seed("shop-0", List.of("10.0.0.1:7946"), THEN, true, null),
            new GossipDescriptor.Seed("shop-9", List.of(), null, false, "the name is not known")),
        counts,
        List.of(),
        cut,
        all,
        Map.of(),
        new GossipDescriptor.Omitted(besides, 0, 0),
        new GossipDescriptor.Convergence(
            all.size(),
            all.size() - (wave > 0.5 ? 1 : 0),
            7,
            THEN,
            all.size(),
            all.size(),
            40 + 10 * wave,
            160 + 60 * wave,
            0d,
            4d,
            2.1,
            4),
        new GossipDescriptor.LastMinute(60, 130 + 30 * wave, 120 + 40 * wave, 2, 2, 1, 3, 0, 2, 0));
  }

  private static int count(List<GossipDescriptor.Member> members, String state) {
    return (int) members.stream().filter(member -> member.state().equals(state)).count();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private record Event(
      int sequence,
      Instant at,
      String type,
      String member,
      @Nullable String zone,
      @Nullable String service,
      @Nullable String reason,
      @Nullable List<String> by) {}
}

package io.gossip.spring.actuate;

import io.gossip.NodeReport;
import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.TrailEntry;
import io.gossip.netty.Protection;
import io.gossip.netty.Refusals;
import io.gossip.netty.Signing;
import io.gossip.spring.damping.FlapScore;
import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.keys.MemberKeys;
import io.gossip.spring.lifecycle.LocalService;
import io.gossip.spring.quarantine.Quarantine;
import io.gossip.spring.service.ServiceDirectory;
import io.gossip.spring.service.ServiceRecord;
import io.gossip.spring.service.ServiceStatus;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimReport.MemberReport;
import io.gossip.swim.SwimReport.SeedReport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Puts a node's account of itself into the words of the endpoint. */
final class Describer {

  private final Instant now;
  private final Instant told;
  private final @Nullable FlapScores scores;
  private final @Nullable Quarantine quarantine;

  private final Protection protection;
  private final @Nullable Instant certificateNotAfter;

  /**
   * Describes what a node told a moment ago; the rest is as of now.
   *
   * @param told when it did
   */
  Describer(
      Instant now,
      Instant told,
      Protection protection,
      @Nullable Instant certificateNotAfter,
      @Nullable FlapScores scores,
      @Nullable Quarantine quarantine) {
    this.now = now;
    this.told = told;
    this.protection = protection;
    this.certificateNotAfter = certificateNotAfter;
    this.scores = scores;
    this.quarantine = quarantine;
  }

  /**
   * Describes all of it.
   *
   * @param trail of the one member asked for; {@code null} if others are
   */
  GossipDescriptor describe(
      NodeReport report,
      LocalService local,
      ServiceDirectory services,
      MemberQuery query,
      @Nullable List<TrailEntry> trail) {
    Membership view = report.view();
    List<MemberReport> asked =
        report.swim().members().stream().filter(member -> query.selects(member.member())).toList();
    int shown = Math.min(query.limit(), asked.size());
    List<GossipDescriptor.Zone> zones = zones(view);
    Map<String, Integer> counts = new TreeMap<>();
    services.services().stream()
        .limit(GossipDescriptor.MAX_GROUPS)
        .forEach(id -> counts.put(id, services.instances(id).size()));
    return new GossipDescriptor(
        report.cluster(),
        view.self().id().value(),
        report.swim().phase().name(),
        report.protocolVersion(),
        view.version(),
        report.swim().agreeing(),
        local(report, local),
        security(),
        report.swim().seeds().stream().map(this::seed).toList(),
        counts(view::count),
        zones.stream().limit(GossipDescriptor.MAX_GROUPS).toList(),
        report.swim().unreachableZones().stream().limit(GossipDescriptor.MAX_GROUPS).toList(),
        asked.subList(0, shown).stream().map(each -> member(each, trail)).toList(),
        counts,
        new GossipDescriptor.Omitted(
            asked.size() - shown,
            Math.max(0, zones.size() - GossipDescriptor.MAX_GROUPS),
            services.services().size() - counts.size()),
        convergence(report.swim().convergence()),
        lastMinute(report.swim().lastMinute()));
  }

  private GossipDescriptor.Convergence convergence(SwimReport.Convergence found) {
    return new GossipDescriptor.Convergence(
        found.heard(),
        found.agreeing(),
        found.update(),
        ago(found.sinceUpdate()),
        found.sampled(),
        found.holding(),
        millis(found.lag50()),
        millis(found.lag99()),
        known(found.residue()),
        known(found.rounds()),
        known(found.hops()),
        found.mostHops());
  }

  private static GossipDescriptor.LastMinute lastMinute(SwimReport.LastMinute counted) {
    double seconds = counted.span().toNanos() / 1e9;
    double each = seconds == 0 ? 0 : 1 / seconds;
    return new GossipDescriptor.LastMinute(
        seconds,
        counted.bytesSent() * each,
        counted.bytesReceived() * each,
        counted.packetsSent() * each,
        counted.packetsReceived() * each,
        counted.suspicions(),
        counted.falseSuspicions(),
        counted.deaths(),
        counted.falseDeaths(),
        counted.refutations());
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static @Nullable Double millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toNanos() / 1e6;
  }

  private static List<GossipDescriptor.Zone> zones(Membership view) {
    Map<String, EnumMap<MemberStatus, Integer>> zones = new TreeMap<>();
    for (List<Member> members : List.of(view.members(), view.departed())) {
      for (Member member : members) {
        zones
            .computeIfAbsent(member.zone(), zone -> new EnumMap<>(MemberStatus.class))
            .merge(member.status(), 1, Integer::sum);
      }
    }
    return zones.entrySet().stream()
        .map(
            zone ->
                new GossipDescriptor.Zone(
                    zone(zone.getKey()), counts(status -> zone.getValue().getOrDefault(status, 0))))
        .toList();
  }

  private static GossipDescriptor.Counts counts(ToIntFunction<MemberStatus> count) {
    return new GossipDescriptor.Counts(
        count.applyAsInt(MemberStatus.ALIVE),
        count.applyAsInt(MemberStatus.SUSPECT),
        count.applyAsInt(MemberStatus.LEFT),
        count.applyAsInt(MemberStatus.DEAD));
  }

  private GossipDescriptor.Local local(NodeReport report, LocalService local) {
    ServiceStatus override = local.override();
    return new GossipDescriptor.Local(
        address(report.advertised()),
        address(report.bound()),
        report.addressSource(),
        Integer.toUnsignedLong(report.view().self().incarnation()),
        report.swim().localHealth(),
        report.swim().watched() + "/" + report.swim().toWatch(),
        local.isAnnounced() && local.isOffered() ? local.status().name() : null,
        override == null ? null : override.name(),
        report.transport(),
        protection.seals());
  }

  private GossipDescriptor.Security security() {
    Keyring ring = protection.keyring();
    Signing signing = protection.signing();
    Refusals refusals = protection.refusals();
    Map<String, Long> refused = new TreeMap<>();
    for (Refusals.Reason reason : Refusals.Reason.values()) {
      if (refusals.count(reason) > 0) {
        refused.put(reason.name(), refusals.count(reason));
      }
    }
    return new GossipDescriptor.Security(
        ring == null ? List.of() : ring.keys().stream().map(Key::idText).toList(),
        protection.refusesPlain(),
        protection.seals(),
        protection.hasTls(),
        signing == null ? null : signing.key().shortText(),
        certificateNotAfter,
        refused,
        refusals.recent().stream()
            .map(
                each ->
                    new GossipDescriptor.Offender(
                        each.source(),
                        each.reason().name(),
                        each.detail().isEmpty() ? null : each.detail(),
                        each.count(),
                        each.last()))
            .toList());
  }

  private GossipDescriptor.Seed seed(SeedReport seed) {
    return new GossipDescriptor.Seed(
        seed.seed().toString(),
        seed.resolved().stream().map(Describer::address).toList(),
        ago(seed.lastContact()),
        seed.reachable(),
        seed.problem());
  }

  /** A member; without its trail as it stands in a list. */
  GossipDescriptor.Member member(MemberReport report, @Nullable List<TrailEntry> trail) {
    Member member = report.member();
    ServiceRecord service = ServiceRecord.read(member);
    FlapScore score = scores == null ? null : scores.of(member.id());
    Duration dampedFor = score == null ? null : score.dampedFor();
    Duration out = quarantine == null ? null : quarantine.rest(member.identity());
    return new GossipDescriptor.Member(
        member.id().value(),
        address(member.address()),
        zone(member.zone()),
        member.status().name(),
        service == null ? null : service.status().name(),
        Instant.ofEpochMilli(member.generation()),
        Integer.toUnsignedLong(member.incarnation()),
        ago(report.since()),
        ago(report.lastHeard()),
        millis(report.roundTrip()),
        MemberKeys.of(member),
        report.accusations().stream().map(Accusation::toString).toList(),
        report.accusations().stream().map(Accusation::accuser).toList(),
        report.health() < 0 ? null : report.health(),
        trail == null ? null : trail.stream().map(this::entry).toList(),
        score == null ? null : Math.round(score.score()),
        dampedFor == null ? null : now.plus(dampedFor),
        out == null ? null : now.plus(out),
        service == null ? null : service(service, member.zone()));
  }

  private GossipDescriptor.Trail entry(TrailEntry entry) {
    Evidence evidence = entry.evidence();
    return new GossipDescriptor.Trail(
        now.minus(entry.age()),
        entry.step().name(),
        entry.by(),
        evidence == null ? null : evidence.name(),
        entry.accuserHealth() < 0 ? null : entry.accuserHealth(),
        entry.memberHealth() < 0 ? null : entry.memberHealth(),
        millis(entry.roundTrip()),
        millis(entry.timer()),
        entry.detail());
  }

  private static GossipDescriptor.Service service(ServiceRecord service, String zone) {
    return new GossipDescriptor.Service(
        service.serviceId(),
        service.instanceId(),
        service.port() > 0 ? service.uri().toString() : null,
        zone(zone),
        service.weight(),
        service.version(),
        service.ports(),
        service.metadata());
  }

  private static @Nullable String zone(String zone) {
    return zone.isEmpty() ? null : zone;
  }

  private @Nullable Instant ago(@Nullable Duration duration) {
    return duration == null ? null : told.minus(duration);
  }

  /** An address without asking anybody for its name. */
  static String address(InetSocketAddress address) {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return host.indexOf(':') < 0
        ? host + ":" + address.getPort()
        : "[" + host + "]:" + address.getPort();
  }

  static List<MemberReport> find(NodeReport report, String nodeId) {
    return report.swim().members().stream()
        .filter(member -> member.member().id().value().equals(nodeId))
        .toList();
  }
}

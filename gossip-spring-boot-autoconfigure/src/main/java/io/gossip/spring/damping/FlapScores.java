package io.gossip.spring.damping;

import io.gossip.MembershipListener;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.damping.Endpoint.Absence;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which members come and go so often that others should be called first (BGP route-flap damping,
 * RFC 2439, for endpoints). Thread-safe; asking costs a volatile read while nobody is damped.
 *
 * <p>A member that has been missed and comes back is charged; its score halves with each half-life.
 * Above {@code suppress} it is damped, until its score has fallen to {@code reuse}. Penalties and
 * thresholds are those of BGP's implementations: 1000 a flap, 500 for a lesser change, 2000 and 750
 * (Cisco's and others' defaults), and the longest damping four half-lives. The half-life is 5
 * minutes instead of 15, for a damped endpoint is put last here, not refused.
 *
 * <p>What counts is how it came back. Back from the dead as the same process: 1000. A new process
 * after a crash: 500; it is known by its id, or by the address of one that failed. A suspicion that
 * proved wrong: 250. A member that left and joins again, or whose service changes its status: 0. So
 * neither a restart nor a rolling deployment damps, nor does a flap in each half-life; the third
 * within minutes does.
 *
 * <p>When this node itself was cut off, or a zone from it, its members were not at fault: who comes
 * back then is not charged.
 */
public final class FlapScores implements MembershipListener {

  static final double FLAP = 1000;
  static final double RESTART = 500;
  static final double SUSPICION = 250;

  /** Members that are remembered; beyond that, the ones that changed longest ago are not. */
  static final int MAX_ENDPOINTS = 4096;

  /** Damped members up to which each is named in the log. */
  private static final int NAMED = 10;

  private static final Logger log = LoggerFactory.getLogger(FlapScores.class);

  private final GossipProperties.FlapDamping properties;
  private final LongSupplier nanoTime;
  private final double ceiling;
  private final LinkedHashMap<NodeId, Endpoint> endpoints = new LinkedHashMap<>();
  private volatile Damped damped = Damped.NOBODY;

  /** Has seen nobody flap yet. */
  public FlapScores(GossipProperties.FlapDamping properties) {
    this(properties, System::nanoTime);
  }

  FlapScores(GossipProperties.FlapDamping properties, LongSupplier nanoTime) {
    this.properties = properties;
    this.nanoTime = nanoTime;
    double halfLives =
        (double) properties.maxSuppress().toNanos() / properties.halfLife().toNanos();
    this.ceiling = properties.reuse() * Math.pow(2, halfLives); // RFC 2439 §4.2
  }

  /** Who is damped now. */
  public Damped damped() {
    Damped now = damped;
    if (!now.isEmpty() && now.isOver(nanoTime.getAsLong())) {
      return renew();
    }
    return now;
  }

  /**
   * How unsteady a member has been.
   *
   * @return {@code null} if nothing is held against it
   */
  public synchronized @Nullable FlapScore of(NodeId id) {
    Endpoint endpoint = endpoints.get(id);
    long now = nanoTime.getAsLong();
    if (endpoint == null || endpoint.score(now) < 1) {
      return null;
    }
    Duration rest = endpoint.isDamped(now) ? Duration.ofNanos(endpoint.dampedUntil() - now) : null;
    return new FlapScore(endpoint.score(now), rest);
  }

  @Override
  public synchronized void onEvent(MembershipEvent event, Membership view) {
    Member member = event.member();
    if (event instanceof MembershipEvent.Isolated || event instanceof MembershipEvent.Connected) {
      forgiveAbsences();
    } else if (event instanceof MembershipEvent.ZoneUnreachable cut) {
      cut.members().forEach(this::forgiveAbsence);
    } else if (event instanceof MembershipEvent.ZoneReachable healed) {
      healed.members().forEach(this::forgiveAbsence);
    } else if (!member.id().equals(view.self().id())) {
      take(event, member);
    }
  }

  private void take(MembershipEvent event, Member member) {
    if (event instanceof MembershipEvent.Suspected) {
      remember(member).absent(Absence.SILENT);
    } else if (event instanceof MembershipEvent.Failed) {
      remember(member).absent(Absence.FAILED);
    } else if (event instanceof MembershipEvent.Restarted) {
      charge(remember(member), member, RESTART);
    } else if (event instanceof MembershipEvent.Joined) {
      joined(member);
    } else if (event instanceof MembershipEvent.Forgotten) {
      endpoints.remove(member.id());
    } else {
      changed(event, member);
    }
  }

  private void changed(MembershipEvent event, Member member) {
    Endpoint endpoint = endpoints.get(member.id());
    if (endpoint == null) {
      return;
    }
    if (event instanceof MembershipEvent.Recovered && endpoint.absence() == Absence.SILENT) {
      charge(endpoint, member, SUSPICION);
    } else if (event instanceof MembershipEvent.Left) {
      endpoint.absent(Absence.NONE);
    }
    endpoint.update(member);
  }

  private void joined(Member member) {
    Endpoint endpoint = endpoints.get(member.id());
    boolean sameProcess = endpoint != null && endpoint.generation() == member.generation();
    if (endpoint == null) {
      endpoint = successor(member);
    }
    if (endpoint == null) {
      return;
    }
    if (endpoint.absence() == Absence.FAILED) {
      charge(endpoint, member, sameProcess ? FLAP : RESTART);
    }
    endpoint.update(member);
  }

  /** What is held against one that failed at this address is held against the next there. */
  private @Nullable Endpoint successor(Member member) {
    InetSocketAddress address = member.address();
    for (Map.Entry<NodeId, Endpoint> known : endpoints.entrySet()) {
      Endpoint endpoint = known.getValue();
      if (endpoint.absence() == Absence.FAILED && endpoint.address().equals(address)) {
        endpoints.remove(known.getKey());
        endpoints.put(member.id(), endpoint);
        return endpoint;
      }
    }
    return null;
  }

  private Endpoint remember(Member member) {
    Endpoint endpoint = endpoints.remove(member.id());
    if (endpoint == null) {
      endpoint = new Endpoint(member, properties.halfLife().toNanos());
      if (endpoints.size() >= MAX_ENDPOINTS) {
        endpoints.remove(endpoints.keySet().iterator().next());
      }
    }
    endpoint.update(member);
    endpoints.put(member.id(), endpoint); // last: the first is the one that changed longest ago
    return endpoint;
  }

  private void charge(Endpoint endpoint, Member member, double penalty) {
    long now = nanoTime.getAsLong();
    boolean before = endpoint.isDamped(now);
    endpoint.add(penalty, ceiling, now);
    endpoint.absent(Absence.NONE);
    endpoint.update(member);
    double score = endpoint.score(now);
    if (before || score > properties.suppress()) {
      endpoint.damp(properties.reuse(), now);
      renew();
      if (!before) {
        tell(member, score, endpoint.dampedUntil() - now);
      }
    }
  }

  private void tell(Member member, double score, long nanos) {
    String message = "{} comes and goes (score {}) and is called last for the next {} s";
    long seconds = Duration.ofNanos(nanos).toSeconds();
    if (damped.size() <= NAMED) {
      log.info(message, member.id(), Math.round(score), seconds);
    } else {
      log.debug(message, member.id(), Math.round(score), seconds);
    }
  }

  private synchronized Damped renew() {
    long now = nanoTime.getAsLong();
    Map<NodeId, Long> until = new HashMap<>();
    endpoints.forEach(
        (id, endpoint) -> {
          if (endpoint.isDamped(now)) {
            until.put(id, endpoint.dampedUntil());
          }
        });
    damped = Damped.of(until);
    return damped;
  }

  private void forgiveAbsence(Member member) {
    Endpoint endpoint = endpoints.get(member.id());
    if (endpoint != null) {
      endpoint.absent(Absence.NONE);
    }
  }

  private void forgiveAbsences() {
    endpoints.values().forEach(endpoint -> endpoint.absent(Absence.NONE));
  }

  /** What was missed is not known, so nothing that was absent before is charged. */
  @Override
  public synchronized void onResync(Membership view, int dropped) {
    forgiveAbsences();
  }
}

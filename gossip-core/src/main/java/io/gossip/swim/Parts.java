package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Protocol;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one state machine, put together: state at the top, conversations with other members
 * below, each built on parts above it only.
 */
final class Parts {

  /** So that no second holds more than the rate and a fifth, whatever came before it. */
  private static final double BURSTS_PER_SECOND = 5;

  final Timers timers = new Timers();
  final Announcements announcements = new Announcements();
  final LocalHealth health;
  final Hearing hearing;
  final Dissemination rumors;
  final ProbeOrder order;
  final Tombstones tombstones;
  final MembershipList list;
  final Convergence convergence;
  final Self self;
  final PathSizes sizes;
  final Outbox outbox;
  final PeerSelector selector;

  final Trails trails;
  final PartitionHold hold;
  final Rivalry rivalry;
  final Verdicts verdicts;
  final Forgetting forgetting;
  final Reconciler reconciler;
  final StreamPings streamPings;
  final Prober prober;
  final SizeTrials sizeTrials;
  final Relays relays;
  final AntiEntropy antiEntropy;
  final GossipRounds rounds;
  final Joining joining;
  final Admission admission;
  final WatchLinks links;
  final Watchers watchers;
  final Leaving leaving;
  final Spreading spreading;
  final Reconnecting reconnecting;
  final Receiver receiver;
  final StreamReceiver streamReceiver;
  final LastMinute lastMinute;
  final Reporter reporter;
  final Sampling sampling;

  Parts(
      Member member,
      SwimConfig config,
      List<Seed> seeds,
      RandomGenerator random,
      Output output,
      Sharing sharing,
      @Nullable Signer signer,
      SwimStats stats) {
    Source source = new Source();
    Patience patience = new Patience(source, stats, output);
    Signatures signatures = new Signatures(config, signer, patience);
    Complaints complaints = new Complaints(source, stats, output);
    StateWriter writer = new StateWriter(member.state());
    VersionedState state = writer.state();
    Member own =
        new Member(
            member.id(),
            member.generation(),
            0,
            MemberStatus.ALIVE,
            member.address(),
            member.zone(),
            Protocol.RANGE,
            state.version(),
            state.view());
    health = new LocalHealth(config.has(Rule.LOCAL_HEALTH) ? config.maxLocalHealth() : 0);
    hearing = new Hearing(config, 0);
    rumors =
        new Dissemination(
            config.retransmitMultiplier(),
            Dissemination.RUMORS_PER_MEMBER * config.maxMembers(),
            PacketWriter::sizeOf);
    order = new ProbeOrder(random);
    tombstones = new Tombstones(config.maxTombstones(), stats);
    long handle = own.identity().handle();
    Peer first = new Peer(own, handle, signatures.sign(handle, state), 0);
    signatures.sign(first);
    list = new MembershipList(first, sharing, 0);
    Witnesses witnesses = new Witnesses(signatures, list, complaints);
    convergence = new Convergence(list, rumors);
    TokenBucket bandwidth =
        new TokenBucket(config.bandwidth() / BURSTS_PER_SECOND, config.bandwidth());
    sizes = new PathSizes(config);
    outbox = new Outbox(config, sizes, list, rumors, health, bandwidth, stats, output);
    RandomGenerator measuring = new Draws(handle);
    sampling = new Sampling(config, list, outbox, timers, measuring);
    self =
        new Self(
            writer,
            list,
            rumors,
            announcements,
            health,
            random,
            signatures,
            convergence,
            sampling,
            stats);
    selector = new PeerSelector(config, list, random);

    trails = new Trails(config, list, health, source);
    hold =
        new PartitionHold(
            config, list, rumors, announcements, timers, hearing, health, trails, selector, stats);
    CrashProof crash = new CrashProof(list, hearing, witnesses);
    SuspicionTerms terms = new SuspicionTerms(config, list, hearing, crash);
    verdicts =
        new Verdicts(
            config,
            list,
            rumors,
            order,
            announcements,
            timers,
            hearing,
            hold,
            health,
            terms,
            crash,
            trails,
            signatures,
            witnesses,
            stats);
    rivalry = new Rivalry(self, outbox, timers, random);
    LastWords lastWords = new LastWords(config, list, tombstones);
    forgetting = new Forgetting(config, list, tombstones, announcements);
    reconciler =
        new Reconciler(
            self,
            rivalry,
            list,
            tombstones,
            forgetting,
            lastWords,
            verdicts,
            rumors,
            order,
            announcements,
            signatures,
            source,
            complaints,
            new Allegations(config, self, list, tombstones, verdicts, crash, witnesses, stats),
            trails,
            convergence,
            output,
            stats);
    StreamNumbers numbers = new StreamNumbers();
    streamPings = new StreamPings(numbers, outbox, timers, output);
    RoundTrips roundTrips = new RoundTrips(config);
    ProbeTimes times = new ProbeTimes(config, list, terms, hearing, health, roundTrips);
    prober =
        new Prober(
            config,
            list,
            order,
            verdicts,
            terms,
            crash,
            trails,
            hold,
            health,
            roundTrips,
            times,
            new ProbePaths(config, selector, streamPings, hold, times, outbox),
            timers,
            random,
            stats);
    sizeTrials = new SizeTrials(config, list, sizes, roundTrips, outbox, timers, random, stats);
    relays = new Relays(config, roundTrips, list, outbox, timers, random, stats);
    joining =
        new Joining(
            config, seeds, self, list, signatures, numbers, outbox, timers, random, stats, output);
    antiEntropy =
        new AntiEntropy(
            config,
            list,
            tombstones,
            lastWords,
            signatures,
            patience,
            reconciler,
            prober,
            joining,
            outbox,
            measuring,
            stats);
    rounds =
        new GossipRounds(
            config, random, rumors, list, selector, hold, convergence, outbox, timers, stats);
    admission =
        new Admission(
            config,
            self,
            joining,
            list,
            tombstones,
            forgetting,
            signatures,
            patience,
            reconciler,
            selector,
            streamPings,
            outbox,
            timers,
            random,
            stats,
            output);
    links =
        new WatchLinks(
            config,
            list,
            hold,
            prober,
            terms,
            trails,
            roundTrips,
            numbers,
            outbox,
            timers,
            random,
            stats,
            output);
    watchers = new Watchers(self, list, outbox, stats, output);
    leaving =
        new Leaving(config, self, list, watchers, new Telling(selector, outbox, random), timers);
    spreading = new Spreading(config, list, new Telling(selector, outbox, random), timers);
    reconnecting = new Reconnecting(config, list, prober, timers, random);
    receiver =
        new Receiver(
            config,
            self,
            rivalry,
            list,
            lastWords,
            hearing,
            reconciler,
            verdicts,
            prober,
            sizeTrials,
            relays,
            admission,
            antiEntropy,
            leaving,
            spreading,
            outbox,
            signatures,
            source,
            patience,
            convergence,
            sampling,
            stats);
    streamReceiver =
        new StreamReceiver(
            list,
            receiver,
            streamPings,
            prober,
            sizeTrials,
            joining,
            admission,
            links,
            watchers,
            outbox,
            source,
            stats,
            output);
    lastMinute = new LastMinute(stats);
    reporter =
        new Reporter(
            config,
            self,
            list,
            hearing,
            hold,
            trails,
            sizes,
            joining,
            links,
            health,
            rumors,
            announcements,
            convergence,
            lastMinute);
  }
}

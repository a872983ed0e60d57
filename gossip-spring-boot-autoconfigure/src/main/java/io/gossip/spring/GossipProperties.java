package io.gossip.spring;

import io.gossip.netty.AddressPreference;
import io.gossip.netty.TransportType;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the application says about its node in {@code gossip.*}. The numbers of the protocol are in
 * {@link GossipSwimProperties}, the service it offers in {@link GossipInstanceProperties}.
 *
 * @param enabled Whether to start a gossip node in this application.
 * @param clusterName Name of the cluster. Packets of other clusters are dropped and counted.
 * @param nodeId Unique name of the node. The application's name and 8 random characters unless set.
 * @param seeds Comma-separated list of host[:port] to ask for the cluster. Every address of a name
 *     is tried, and names are resolved again at each attempt. Empty for the first node.
 * @param profile Preset of the protocol's timers.
 * @param bind Where the node listens.
 * @param advertise Which address the node tells others to call.
 * @param transport What carries the packets.
 * @param encryption How packets are protected.
 * @param ssl How streams are protected with certificates.
 * @param identity How members are told apart.
 * @param security Who may talk to the node.
 * @param join How the node finds the cluster.
 * @param status What drives the status of the service.
 * @param shutdown How the node leaves.
 * @param discovery What Spring Cloud's discovery clients show.
 * @param loadbalancer What Spring Cloud's load balancer picks from.
 * @param events What is published to the application.
 * @param health How the health indicator judges.
 * @param metrics Which meters are registered.
 * @param dashboard A page that shows the cluster.
 */
@ConfigurationProperties("gossip")
public record GossipProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("default") String clusterName,
    @Nullable String nodeId,
    @DefaultValue List<String> seeds,
    @DefaultValue("lan") Profile profile,
    @DefaultValue Bind bind,
    @DefaultValue Advertise advertise,
    @DefaultValue Transport transport,
    @DefaultValue Encryption encryption,
    @DefaultValue Ssl ssl,
    @DefaultValue Identity identity,
    @DefaultValue Security security,
    @DefaultValue Join join,
    @DefaultValue Status status,
    @DefaultValue Shutdown shutdown,
    @DefaultValue Discovery discovery,
    @DefaultValue Loadbalancer loadbalancer,
    @DefaultValue Events events,
    @DefaultValue Health health,
    @DefaultValue Metrics metrics,
    @DefaultValue Dashboard dashboard) {

  /** Presets of the protocol's timers. */
  public enum Profile {
    /** Members on one machine. */
    LOCAL,
    /** Members on one data-centre network. */
    LAN,
    /** Members across the internet. */
    WAN
  }

  /**
   * Where the node listens.
   *
   * @param host Address to listen on. All unless set.
   * @param port Port to listen on, UDP and TCP. 0 for any free one.
   * @param portAttempts Number of consecutive ports to try when the first is taken.
   */
  public record Bind(
      @Nullable InetAddress host,
      @DefaultValue("7946") int port,
      @DefaultValue("1") int portAttempts) {}

  /**
   * Which address the node tells others to call.
   *
   * @param host Address or name to announce instead of a chosen one.
   * @param port Port to announce instead of the bound one, where ports are mapped.
   * @param preferredNetworks Comma-separated list of CIDRs in order of preference, IPv4 or IPv6.
   * @param ignoredInterfaces Comma-separated list of regular expressions. An interface whose name
   *     matches one is never announced.
   * @param family Which kind of address to announce.
   */
  public record Advertise(
      @Nullable String host,
      @Nullable Integer port,
      @DefaultValue List<String> preferredNetworks,
      @DefaultValue({"docker.*", "veth.*", "br-.*", "virbr.*", "vboxnet.*", "utun.*"})
          List<String> ignoredInterfaces,
      @DefaultValue("auto") AddressPreference.Family family) {}

  /**
   * What carries the packets.
   *
   * @param type Netty transport.
   * @param maxPacketSize Largest datagram, with what encryption adds to it and without the headers
   *     of UDP and IP. 1400B unless set.
   */
  public record Transport(
      @DefaultValue("auto") TransportType type, @Nullable DataSize maxPacketSize) {}

  /**
   * How packets are protected.
   *
   * @param keys Comma-separated list of keys in Base64, of 16, 24 or 32 bytes each, at most four.
   *     Packets and streams are encrypted with the first, and those encrypted with any are
   *     accepted. Nothing is encrypted without.
   * @param verifyIncoming Whether packets and streams that are not encrypted are refused. Off only
   *     while a cluster is moved to encryption.
   * @param verifyOutgoing Whether own packets and streams are encrypted. Off only while a cluster
   *     is moved to encryption.
   * @param retireAfter How long a key that has been taken out of the list is still accepted after
   *     nobody uses it any more.
   */
  public record Encryption(
      @DefaultValue List<String> keys,
      @DefaultValue("true") boolean verifyIncoming,
      @DefaultValue("true") boolean verifyOutgoing,
      @DefaultValue("10m") Duration retireAfter) {

    /** Without the keys. */
    @Override
    public String toString() {
      return "Encryption[keys=" + keys.size() + ", retireAfter=" + retireAfter + "]";
    }
  }

  /**
   * How streams are protected with certificates.
   *
   * @param bundle Name of the SSL bundle with this node's certificate and those that are trusted.
   *     Reloaded when the bundle is. Streams have no TLS without.
   * @param clientAuth Whether who opens a stream shows a certificate as well.
   * @param verifyIncoming Whether streams without TLS are refused. Off only while a cluster is
   *     moved to TLS.
   * @param verifyOutgoing Whether own streams are opened with TLS. Off only while a cluster is
   *     moved to TLS.
   * @param peerNames Comma-separated list of names of which a member's certificate must bear one,
   *     as subject alternative name. One star stands for the first label. Any trusted certificate
   *     unless set.
   * @param verifyNodeIdentity Whether the certificate of who joins must name its node id, as
   *     subject alternative name. The random end of an id may be left out.
   */
  public record Ssl(
      @Nullable String bundle,
      @DefaultValue("need") ClientAuth clientAuth,
      @DefaultValue("true") boolean verifyIncoming,
      @DefaultValue("true") boolean verifyOutgoing,
      @DefaultValue List<String> peerNames,
      @DefaultValue("false") boolean verifyNodeIdentity) {}

  /** Whether who opens a stream shows a certificate. */
  public enum ClientAuth {
    /** It must. */
    NEED,
    /** It need not. */
    NONE
  }

  /**
   * How members are told apart.
   *
   * @param sign Whether the node signs what it says of itself and finds of others, so that no other
   *     member can say it in its name.
   * @param bundle Name of the SSL bundle with the Ed25519 key that the node signs with. A new key
   *     for each start unless set.
   * @param verifyIncoming Whether members that do not sign are refused. Off only while a cluster is
   *     moved to signing.
   */
  public record Identity(
      @DefaultValue("false") boolean sign,
      @Nullable String bundle,
      @DefaultValue("true") boolean verifyIncoming) {}

  /**
   * Who may talk to the node.
   *
   * @param require Whether the node refuses to start unless all packets are encrypted. Recommended
   *     in production.
   * @param allowedNetworks Comma-separated list of CIDRs whose addresses may talk to the node. All
   *     unless set.
   */
  public record Security(
      @DefaultValue("false") boolean require, @DefaultValue List<String> allowedNetworks) {}

  /**
   * How the node finds the cluster.
   *
   * @param timeout Time one attempt at one seed may take. 5s unless set.
   * @param retryInitial First pause after a round of attempts that reached nobody. 500ms unless
   *     set.
   * @param retryMax Longest such pause. Attempts never end. 30s unless set.
   * @param failFast Whether start-up fails when no seed answers within startup-timeout.
   * @param startupTimeout How long start-up waits for the cluster. 0 does not wait, except with
   *     fail-fast, which then waits as long as one attempt.
   * @param minMembers Members to wait for, this one included, where start-up waits.
   */
  public record Join(
      @Nullable Duration timeout,
      @Nullable Duration retryInitial,
      @Nullable Duration retryMax,
      @DefaultValue("false") boolean failFast,
      @DefaultValue("0s") Duration startupTimeout,
      @DefaultValue("1") int minMembers) {}

  /**
   * What drives the status of the service.
   *
   * @param readiness Whether the readiness state drives UP and OUT_OF_SERVICE. If not, the service
   *     is UP as soon as it is announced.
   * @param healthGroup Health group polled into the status.
   * @param healthInterval Time between two polls of the health group.
   */
  public record Status(
      @DefaultValue("true") boolean readiness,
      @Nullable String healthGroup,
      @DefaultValue("5s") Duration healthInterval) {}

  /**
   * How the node leaves.
   *
   * @param drainDelay Time between telling the others and stopping the web server. Unless set, the
   *     time news needs to reach everybody: 200ms to 5s, depending on the number of members, and
   *     nothing when alone.
   * @param leaveTimeout Longest time to wait until the others know that the node left. 3s unless
   *     set.
   */
  public record Shutdown(@Nullable Duration drainDelay, @Nullable Duration leaveTimeout) {}

  /**
   * What Spring Cloud's discovery clients show.
   *
   * @param enabled Whether to provide discovery clients.
   * @param order Place among other discovery clients.
   * @param includeSelf Whether this application's own instance is shown.
   * @param includeSuspect Whether instances under suspicion are shown.
   * @param heartbeat When others are told that services changed.
   */
  public record Discovery(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("0") int order,
      @DefaultValue("true") boolean includeSelf,
      @DefaultValue("true") boolean includeSuspect,
      @DefaultValue Heartbeat heartbeat) {}

  /**
   * When others are told that services changed.
   *
   * @param enabled Whether to publish a HeartbeatEvent when the services changed.
   * @param debounce How long nothing must have changed before it is told. Changes until then are
   *     one event.
   * @param maxDelay Longest time from a change until it is told, where changes do not end.
   */
  public record Heartbeat(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("100ms") Duration debounce,
      @DefaultValue("1s") Duration maxDelay) {}

  /**
   * What Spring Cloud's load balancer picks from.
   *
   * @param enabled Whether the load balancer reads the live view for services known to gossip.
   * @param suspect Whether instances under suspicion are picked.
   * @param flapDamping Whether instances that come and go are picked.
   * @param bypassCache Whether instances of the cluster are kept out of the load balancer's cache,
   *     so that a list of instances of your own with caching shows none that is gone.
   * @param feedback What failed calls lead to.
   */
  public record Loadbalancer(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("avoid") Suspect suspect,
      @DefaultValue FlapDamping flapDamping,
      @DefaultValue("true") boolean bypassCache,
      @DefaultValue Feedback feedback) {}

  /**
   * What failed calls lead to.
   *
   * @param enabled Whether an instance that a call could not reach, or that leaves calls waiting,
   *     is avoided by this application for a while and probed for the whole cluster at once.
   * @param quarantine How long an instance is avoided after the first such call. Then one call
   *     tries it. Each further failure doubles the time, up to sixteen times.
   * @param patience How long a call may always wait for its answer before its instance is avoided.
   *     An instance that takes longer is given twice its longest time of late in addition, and at
   *     most thirty times this in all. 0 to wait for the call's time-out.
   */
  public record Feedback(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("2s") Duration quarantine,
      @DefaultValue("300ms") Duration patience) {}

  /**
   * Whether instances that come and go are picked. A return from the dead scores 1000, a restart
   * after a crash 500, a suspicion that proved wrong 250.
   *
   * @param enabled Whether instances that come and go are picked only when most of their service
   *     does.
   * @param halfLife Time in which a score halves.
   * @param suppress Score above which an instance is put last.
   * @param reuse Score at which it is no longer put last.
   * @param maxSuppress Longest time after its last flap for which an instance is put last.
   */
  public record FlapDamping(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("5m") Duration halfLife,
      @DefaultValue("2000") int suppress,
      @DefaultValue("750") int reuse,
      @DefaultValue("20m") Duration maxSuppress) {}

  /** Whether instances under suspicion are picked. */
  public enum Suspect {
    /** Only when no other is alive. */
    AVOID,
    /** Like any other. */
    INCLUDE
  }

  /**
   * What is published to the application.
   *
   * @param enabled Whether to publish application events.
   * @param suspicion Whether to publish an event when a member is suspected and when it recovers.
   * @param queueCapacity Events that may wait for a slow listener before they are dropped and
   *     replaced by one resync event.
   * @param history How many transitions of members are kept for /actuator/gossipevents, at most
   *     10000. 0 to keep none.
   * @param batch When what happened to members is also told together.
   */
  public record Events(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("false") boolean suspicion,
      @DefaultValue("10000") int queueCapacity,
      @DefaultValue("256") int history,
      @DefaultValue Batch batch) {}

  /**
   * When what happened to members is also told together.
   *
   * @param enabled Whether to publish a MembersChangedEvent besides the single events.
   * @param debounce How long nothing must have happened before a batch is published.
   * @param maxDelay Longest time from the first change of a batch until it is published.
   * @param maxSize Changes in a batch. One that is full is published at once.
   */
  public record Batch(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("100ms") Duration debounce,
      @DefaultValue("1s") Duration maxDelay,
      @DefaultValue("10000") int maxSize) {}

  /**
   * How the health indicator judges.
   *
   * @param isolatedStatus Health when seeds are configured and nobody answers.
   * @param minMembers Members below which the node counts as isolated.
   * @param degradedScore Local health score from which the node is reported as degraded.
   */
  public record Health(
      @DefaultValue("UNKNOWN") String isolatedStatus,
      @DefaultValue("1") int minMembers,
      @DefaultValue("4") int degradedScore) {}

  /**
   * Which meters are registered.
   *
   * @param services Whether to have one gauge per service and status.
   */
  public record Metrics(@DefaultValue("true") boolean services) {}

  /**
   * A page that shows the cluster.
   *
   * @param enabled Whether to serve the dashboard, under the management path. It reads the endpoint
   *     gossip, which has to be exposed.
   */
  public record Dashboard(@DefaultValue("false") boolean enabled) {}
}

package io.gossip.spring;

import io.gossip.swim.GossipMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Numbers of the protocol in {@code gossip.swim.*}; each is the profile's unless set. What they
 * mean and where they come from is said at {@link io.gossip.swim.SwimConfig}.
 *
 * @param probeInterval Protocol period. One member is probed in each.
 * @param probeTimeout Longest wait for a direct answer before other paths are tried.
 * @param probeTimeoutFloor Shortest such wait, where answers are usually faster.
 * @param indirectProbes Members asked to probe a silent one.
 * @param tcpFallbackProbe Whether a silent member is also tried over TCP.
 * @param watchLinks Members that this node keeps a TCP connection to, so that it learns at once
 *     when their processes end. 0 for none.
 * @param suspicionMultiplier Length of the shortest suspicion, in probe intervals per decade of
 *     members.
 * @param suspicionMaxMultiplier Length of the longest suspicion, in shortest ones.
 * @param confirmations Independent accusers that shrink a suspicion to its shortest.
 * @param unresponsiveFloor Shortest suspicion of a member whose host still accepts connections.
 * @param maxLocalHealth Highest local health score.
 * @param deafHold Longest time for which a node that hears nobody withholds its verdicts.
 * @param deathShare Share of the cluster that one node may declare dead at a time without evidence
 *     of a crash.
 * @param partitionHold Longest time for which members of a zone that is cut off as a whole are not
 *     declared dead. 0 for not at all.
 * @param gossipInterval Time between rounds of gossip while there is news.
 * @param eagerInterval Time between rounds while there is urgent news.
 * @param eagerRounds Eager rounds a node may make in a burst.
 * @param gossipFanout Members told in one round.
 * @param crossZoneShare Share of the members told in a round that are of other zones, where this
 *     node has a zone.
 * @param retransmitMultiplier How often an update is sent, per decade of members.
 * @param gossipMode Whether news is pushed, pulled or both.
 * @param bandwidth Amount a node sends per second on average, and a fifth more in a burst.
 * @param syncInterval Least time between two repairs begun by a node.
 * @param reconnectInterval Mean time between attempts of the cluster to reach a failed member.
 * @param maxJoins Joiners a seed serves at a time.
 * @param deadRetention How long members that failed or left are shown and tried again.
 * @param tombstoneTimeout How long the end of a member is remembered.
 * @param maxMembers Members a view may hold.
 * @param maxTombstones Ends of members remembered at a time.
 * @param trailLength Clues kept about each member that is accused, for people. 0 for none.
 */
@ConfigurationProperties("gossip.swim")
public record GossipSwimProperties(
    @Nullable Duration probeInterval,
    @Nullable Duration probeTimeout,
    @Nullable Duration probeTimeoutFloor,
    @Nullable Integer indirectProbes,
    @Nullable Boolean tcpFallbackProbe,
    @Nullable Integer watchLinks,
    @Nullable Double suspicionMultiplier,
    @Nullable Double suspicionMaxMultiplier,
    @Nullable Integer confirmations,
    @Nullable Duration unresponsiveFloor,
    @Nullable Integer maxLocalHealth,
    @Nullable Duration deafHold,
    @Nullable Double deathShare,
    @Nullable Duration partitionHold,
    @Nullable Duration gossipInterval,
    @Nullable Duration eagerInterval,
    @Nullable Integer eagerRounds,
    @Nullable Integer gossipFanout,
    @Nullable Double crossZoneShare,
    @Nullable Integer retransmitMultiplier,
    @Nullable GossipMode gossipMode,
    @Nullable DataSize bandwidth,
    @Nullable Duration syncInterval,
    @Nullable Duration reconnectInterval,
    @Nullable Integer maxJoins,
    @Nullable Duration deadRetention,
    @Nullable Duration tombstoneTimeout,
    @Nullable Integer maxMembers,
    @Nullable Integer maxTombstones,
    @Nullable Integer trailLength) {}

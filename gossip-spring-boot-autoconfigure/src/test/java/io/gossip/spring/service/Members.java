package io.gossip.spring.service;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Members and views made by hand. */
public final class Members {

  private static long version;

  private Members() {}

  /** A member with this state. */
  public static Member member(String id, Map<String, String> state) {
    return new Member(
        new NodeId(id),
        1_000,
        0,
        MemberStatus.ALIVE,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 7946),
        "",
        new ProtocolRange(1, 1),
        state.isEmpty() ? 0 : 1,
        Map.copyOf(state));
  }

  /** A member that offers a service that is up on this port. */
  public static Member serving(String id, String service, int port) {
    return member(id, up(service, port));
  }

  /** The state of a service that is up on this port, to be changed. */
  public static Map<String, String> up(String service, int port) {
    Map<String, String> state = new TreeMap<>();
    state.put("service.id", service);
    state.put("service.host", "10.0.0.1");
    state.put("service.port", Integer.toString(port));
    state.put("service.status", "UP");
    return state;
  }

  /** The same member with one entry of its state changed. */
  public static Member with(Member member, String key, String value) {
    Map<String, String> state = new TreeMap<>(member.state());
    state.put(key, value);
    return member.withState(member.stateVersion() + 1, Map.copyOf(state));
  }

  /** The same member in another zone. */
  public static Member inZone(Member member, String zone) {
    return new Member(
        member.id(),
        member.generation(),
        member.incarnation(),
        member.status(),
        member.address(),
        zone,
        member.protocol(),
        member.stateVersion(),
        member.state());
  }

  /** The same member, listening on another port. */
  public static Member at(Member member, int port) {
    return life(member, member.generation(), port);
  }

  /** The next process of the same member. */
  public static Member restarted(Member member) {
    return life(member, member.generation() + 1, member.address().getPort());
  }

  private static Member life(Member member, long generation, int port) {
    return new Member(
        member.id(),
        generation,
        member.incarnation(),
        member.status(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        member.zone(),
        member.protocol(),
        member.stateVersion(),
        member.state());
  }

  /** The same member under suspicion. */
  public static Member suspected(Member member) {
    return member.with(MemberStatus.SUSPECT);
  }

  /** A view of these members; the first is this node. */
  public static Membership view(Member self, Member... others) {
    List<Member> members =
        Stream.concat(Stream.of(self), Arrays.stream(others))
            .sorted(Comparator.comparing(Member::id))
            .toList();
    return new Membership(++version, 0, self, members, List.of());
  }
}

package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All members this node keeps, active and departed, itself included: by name, by handle, by
 * address; with the view hash over the active ones and the snapshot that users read.
 */
final class MembershipList {

  private final NavigableMap<NodeId, Peer> byId = new TreeMap<>();
  private final NavigableMap<Long, Peer> byHandle = new TreeMap<>(Long::compareUnsigned);
  private final Map<InetSocketAddress, Peer> activeByAddress = new LinkedHashMap<>();
  private final List<Peer> active = new ArrayList<>();
  private Peer self;
  private long viewHash;
  private long version;
  private long lastChange;
  private @Nullable Membership snapshot;

  MembershipList(Peer self, long now) {
    this.self = self;
    index(self);
    changed(now);
  }

  Peer self() {
    return self;
  }

  /** The hash over the active members, this one included unless it has left. */
  long viewHash() {
    return viewHash;
  }

  /** When the view last changed in a way that the hash shows. */
  long lastChange() {
    return lastChange;
  }

  /** How many members are active, this one included. */
  int activeCount() {
    return active.size();
  }

  /** One of the active members, in no particular order. */
  Peer active(int index) {
    return active.get(index);
  }

  Collection<Peer> all() {
    return byId.values();
  }

  int size() {
    return byId.size();
  }

  @Nullable Peer find(long handle) {
    return byHandle.get(handle);
  }

  @Nullable Peer find(NodeId id) {
    return byId.get(id);
  }

  /** The active member that listens at this address. */
  @Nullable Peer activeAt(InetSocketAddress address) {
    return activeByAddress.get(address);
  }

  /** The kept members whose handles are, unsigned, above {@code after}; in that order. */
  Iterable<Peer> kept(long after) {
    return byHandle.tailMap(after, false).values();
  }

  /**
   * The kept members whose handles are, unsigned, from {@code from} to {@code to}; in that order.
   */
  Iterable<Peer> kept(long from, long to) {
    return byHandle.subMap(from, true, to, true).values();
  }

  /** A new member; nobody of its name may be kept. */
  void add(long now, Peer peer) {
    index(peer);
    peer.since = now;
    changed(now);
  }

  /** A member is no longer kept. */
  void remove(long now, Peer peer) {
    unindex(peer);
    changed(now);
  }

  /** This node goes on under another identity. */
  void renewSelf(long now, Peer renewed) {
    unindex(self);
    self = renewed;
    index(renewed);
    changed(now);
  }

  /** A member's record is another now: same identity, same peer. */
  void replace(long now, Peer peer, Member record) {
    assert byHandle.get(peer.handle) == peer : "no longer kept: " + peer.member;
    boolean newStatus = peer.member.status() != record.status();
    long oldHash = viewHash;
    unindex(peer);
    peer.member = record;
    if (newStatus) {
      peer.since = now;
    }
    index(peer);
    version++;
    snapshot = null;
    if (oldHash != viewHash) {
      lastChange = now;
    }
  }

  /** The view for users; the same object until something changes. */
  Membership snapshot() {
    Membership current = snapshot;
    if (current == null) {
      List<Member> members = new ArrayList<>(active.size());
      List<Member> departed = new ArrayList<>(byId.size() - active.size());
      for (Peer peer : byId.values()) {
        (peer.isActive() ? members : departed).add(peer.member);
      }
      current =
          new Membership(
              version,
              viewHash,
              self.member,
              Collections.unmodifiableList(members),
              Collections.unmodifiableList(departed));
      snapshot = current;
    }
    return current;
  }

  private void changed(long now) {
    version++;
    lastChange = now;
    snapshot = null;
  }

  private void index(Peer peer) {
    byId.put(peer.member.id(), peer);
    byHandle.put(peer.handle, peer);
    if (peer.isActive()) {
      peer.slot = active.size();
      active.add(peer);
      activeByAddress.put(peer.address(), peer);
      viewHash += peer.term();
    }
  }

  private void unindex(Peer peer) {
    byId.remove(peer.member.id());
    byHandle.remove(peer.handle);
    if (peer.slot >= 0) {
      Peer last = active.remove(active.size() - 1);
      if (last != peer) {
        active.set(peer.slot, last);
        last.slot = peer.slot;
      }
      peer.slot = -1;
      activeByAddress.remove(peer.address(), peer);
      viewHash -= peer.term();
    }
  }
}

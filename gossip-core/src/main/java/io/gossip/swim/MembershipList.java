package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All members this node keeps, active and departed, itself included: by name, by handle, by
 * address; with the view hash over the active ones and the snapshot that users read.
 */
final class MembershipList {

  private static final int MAX_ZONE_NAMES = 1_000;

  private final Sharing sharing;
  private final HandleIndex byHandle = new HandleIndex();
  private final PeerIndex<NodeId> byId = new PeerIndex<>(peer -> peer.member.id());
  private final PeerIndex<InetSocketAddress> activeByAddress = new PeerIndex<>(Peer::address);
  private final List<Peer> active = new ArrayList<>();
  private final List<Peer> departed = new ArrayList<>();
  private final SortedMembers activeRecords = new SortedMembers();
  private final SortedMembers departedRecords = new SortedMembers();
  private final Map<String, String> zoneNames = new TreeMap<>();
  private final HashTree tree = new HashTree();
  private final Zones zones;

  /** How many of the first in {@link #active} are in this node's zone; no others are. */
  private int near;

  private Peer self;
  private long viewHash;
  private long version;
  private long lastChange;
  private @Nullable Membership snapshot;

  MembershipList(Peer self, Sharing sharing, long now) {
    this.self = self;
    this.sharing = sharing;
    this.zones = new Zones(self.member.zone());
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

  /** The view hash in parts, by the first bits of the handles. */
  long[] sums(int bits) {
    return tree.sums(bits, active);
  }

  /** The zones of the active members. */
  Zones zones() {
    return zones;
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

  /** How many of the first active members are in this node's zone: those, and no others, are. */
  int nearCount() {
    return near;
  }

  /** How many departed members are kept. */
  int departedCount() {
    return departed.size();
  }

  /** One of the departed members, in no particular order. */
  Peer departed(int index) {
    return departed.get(index);
  }

  /** All that are kept, in no particular order. */
  List<Peer> all() {
    return byId.all();
  }

  int size() {
    return byId.size();
  }

  /** How many active members are suspected. */
  int suspicions() {
    int suspicions = 0;
    for (int i = 0; i < active.size(); i++) {
      suspicions += active.get(i).suspicion() == null ? 0 : 1;
    }
    return suspicions;
  }

  @Nullable Peer find(long handle) {
    return byHandle.find(handle);
  }

  @Nullable Peer find(NodeId id) {
    return byId.find(id);
  }

  /** The active member that listens at this address. */
  @Nullable Peer activeAt(InetSocketAddress address) {
    return activeByAddress.find(address);
  }

  /** The kept members whose handles are, unsigned, above {@code after}; in that order. */
  Iterable<Peer> kept(long after) {
    return after == -1 ? List.of() : byHandle.range(after + 1, -1);
  }

  /** The active members that come next after one in the order of handles, round and round. */
  List<Peer> following(Peer from, int count) {
    List<Peer> following = new ArrayList<>(count);
    for (int pass = 0; pass < 2; pass++) {
      for (Peer next : pass == 0 ? kept(from.handle) : kept(0)) {
        if (next == from || following.size() == count) {
          return following;
        }
        if (next.isActive()) {
          following.add(next);
        }
      }
    }
    return following;
  }

  /**
   * The kept members whose handles are, unsigned, from {@code from} to {@code to}; in that order.
   */
  Iterable<Peer> kept(long from, long to) {
    return byHandle.range(from, to);
  }

  /** The name of a zone, as one object for all its members. */
  String zoneName(String name) {
    String known = zoneNames.get(name);
    if (known == null) {
      known = name;
      if (zoneNames.size() < MAX_ZONE_NAMES) {
        zoneNames.put(name, name);
      }
    }
    return known;
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
    assert byHandle.find(peer.handle) == peer : "no longer kept: " + peer.member;
    boolean newStatus = peer.member.status() != record.status();
    long oldHash = viewHash;
    if (keepsItsPlace(peer.member, record)) {
      uncount(peer);
      peer.member = sharing.shared(record);
      activeRecords.put(peer.member);
      count(peer);
    } else {
      delist(peer);
      peer.member = sharing.shared(record);
      enlist(peer);
    }
    if (newStatus) {
      peer.since = now;
    }
    version++;
    snapshot = null;
    if (oldHash != viewHash) {
      lastChange = now;
    }
  }

  /** Whether none of the lists and indexes has to know, as of most changes. */
  private static boolean keepsItsPlace(Member before, Member after) {
    return before.status().isActive()
        && after.status().isActive()
        && before.address().equals(after.address())
        && before.zone().equals(after.zone());
  }

  /** A member's state is another now: its record shows it. */
  void replaceState(long now, Peer peer, VersionedState state) {
    peer.state = sharing.shared(state);
    replace(now, peer, peer.member.withState(peer.state.version(), peer.state.view()));
  }

  /** The view for users; the same object until something changes. */
  Membership snapshot() {
    Membership current = snapshot;
    if (current == null) {
      current =
          new Membership(
              version, viewHash, self.member, activeRecords.view(), departedRecords.view());
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
    peer.member = sharing.shared(peer.member);
    byId.put(peer);
    byHandle.add(peer);
    enlist(peer);
  }

  private void unindex(Peer peer) {
    delist(peer);
    byId.remove(peer);
    byHandle.remove(peer);
  }

  private void enlist(Peer peer) {
    List<Peer> peers = peer.isActive() ? active : departed;
    peer.slot = peers.size();
    peers.add(peer);
    if (peer.isActive()) {
      activeByAddress.put(peer);
      activeRecords.put(peer.member);
      count(peer);
      if (isNear(peer)) {
        swap(peer.slot, near++);
      }
    } else {
      departedRecords.put(peer.member);
    }
  }

  private boolean isNear(Peer peer) {
    String zone = self.member.zone();
    return !zone.isEmpty() && zone.equals(peer.member.zone());
  }

  private void swap(int slot, int other) {
    Peer moved = active.set(slot, active.get(other));
    active.set(other, moved);
    active.get(slot).slot = slot;
    moved.slot = other;
  }

  private void delist(Peer peer) {
    if (peer.isActive() && peer.slot < near) {
      swap(peer.slot, --near);
    }
    List<Peer> peers = peer.isActive() ? active : departed;
    Peer last = peers.remove(peers.size() - 1);
    if (last != peer) {
      peers.set(peer.slot, last);
      last.slot = peer.slot;
    }
    if (peer.isActive()) {
      activeByAddress.remove(peer);
      activeRecords.remove(peer.member.id());
      uncount(peer);
    } else {
      departedRecords.remove(peer.member.id());
    }
  }

  private void count(Peer peer) {
    addToHash(peer.handle, peer.term());
    if (peer != self) {
      zones.add(peer.member);
    }
  }

  private void uncount(Peer peer) {
    addToHash(peer.handle, -peer.term());
    if (peer != self) {
      zones.remove(peer.member);
    }
  }

  private void addToHash(long handle, long term) {
    viewHash += term;
    tree.add(handle, term);
  }
}

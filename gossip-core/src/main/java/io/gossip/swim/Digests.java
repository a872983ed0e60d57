package io.gossip.swim;

import io.gossip.wire.Message;
import io.gossip.wire.Message.Digest;
import io.gossip.wire.Message.DigestEntry;
import io.gossip.wire.PacketWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Digests of ranges of handles, cut so that each datagram is filled, and no more of them than so
 * many datagrams take.
 */
final class Digests {

  /** Type, length, both ends of the range and the number of entries. */
  private static final int HEAD_BYTES = 1 + 3 + 8 + 8 + 3;

  /** Handle, incarnation and state version at their largest. */
  private static final int LARGEST_ENTRY_BYTES = 8 + 5 + 9;

  /** Entries in one message, whatever they are: as many as a datagram of the least budget takes. */
  private static final int MAX_ENTRIES = 55;

  private final MembershipList list;
  private final int packetRoom;
  private final List<Message> messages = new ArrayList<>();
  private int packetsLeft;
  private int room;
  private long stoppedAt;

  /**
   * Creates an empty one.
   *
   * @param datagramBytes budget of a datagram
   * @param packets how many of them there may be, at least 1
   */
  Digests(MembershipList list, int datagramBytes, int packets) {
    this.list = list;
    this.packetRoom = datagramBytes - PacketWriter.OVERHEAD;
    this.packetsLeft = packets - 1;
    this.room = packetRoom;
  }

  /** How many entries of any kind fit a packet of so many bytes. */
  static int entriesIn(int packetBytes) {
    int room = packetBytes - PacketWriter.OVERHEAD - HEAD_BYTES;
    return Math.min(MAX_ENTRIES, room / LARGEST_ENTRY_BYTES);
  }

  /** What a digest or an offer says of a member. */
  static DigestEntry entry(Peer peer) {
    return new DigestEntry(peer.handle, peer.incarnation(), peer.member.stateVersion());
  }

  /** Puts something else in front. */
  void put(Message message) {
    messages.add(message);
    room -= PacketWriter.sizeOf(message);
  }

  /**
   * Adds the active members of a range, both ends included.
   *
   * @return whether all of it fitted; if not, {@link #stoppedAt} is where to go on
   */
  boolean add(long from, long to) {
    if (!makeRoom(from)) {
      return false;
    }
    List<DigestEntry> entries = new ArrayList<>();
    long begin = from;
    for (Peer peer : list.kept(from, to)) {
      if (!peer.isActive()) {
        continue;
      }
      DigestEntry entry = entry(peer);
      int bytes = PacketWriter.sizeOf(entry);
      if (bytes > room) {
        messages.add(new Digest(begin, peer.handle - 1, entries));
        entries = new ArrayList<>();
        begin = peer.handle;
        if (!makeRoom(begin)) {
          return false;
        }
      }
      entries.add(entry);
      room -= bytes;
    }
    messages.add(new Digest(begin, to, entries));
    return true;
  }

  /** Room for the head of a digest and one entry at least. */
  private boolean makeRoom(long next) {
    if (room < HEAD_BYTES + LARGEST_ENTRY_BYTES) {
      if (packetsLeft == 0) {
        stoppedAt = next;
        return false;
      }
      packetsLeft--;
      room = packetRoom;
    }
    room -= HEAD_BYTES;
    return true;
  }

  /** The handle that was to come next when there was no room any more. */
  long stoppedAt() {
    return stoppedAt;
  }

  List<Message> messages() {
    return messages;
  }
}

package io.gossip.swim;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Members by some key of theirs, in the order of the key's spread hash: eight bytes each. A place
 * is guessed from the hash and found close by, so that hardly more than the wanted member is looked
 * at.
 */
final class PeerIndex<K> extends EvenOrder {

  private final Function<Peer, K> key;
  private Peer[] peers = new Peer[8];
  private int[] hashes = new int[8]; // of the peers at the same places, unsigned
  private int size;

  PeerIndex(Function<Peer, K> key) {
    this.key = key;
  }

  @Override
  int size() {
    return size;
  }

  /** All of them, in the order of their hashes; a view. */
  List<Peer> all() {
    return Arrays.asList(peers).subList(0, size);
  }

  @Nullable Peer find(K wanted) {
    int hash = spread(wanted.hashCode());
    int place = place(hash, wanted);
    return place >= 0 ? peers[place] : null;
  }

  /** Takes one in, instead of the one of the same key. */
  void put(Peer peer) {
    K wanted = key.apply(peer);
    int hash = spread(wanted.hashCode());
    int place = place(hash, wanted);
    if (place >= 0) {
      peers[place] = peer;
      return;
    }
    place = -place - 1;
    if (size == peers.length) {
      peers = Arrays.copyOf(peers, size + size / 4 + 1);
      hashes = Arrays.copyOf(hashes, peers.length);
    }
    System.arraycopy(peers, place, peers, place + 1, size - place);
    System.arraycopy(hashes, place, hashes, place + 1, size - place);
    peers[place] = peer;
    hashes[place] = hash;
    size++;
  }

  /** Takes one out, if it is the one that is in under its key. */
  @SuppressWarnings("NullAway") // behind the last is nobody
  void remove(Peer peer) {
    K wanted = key.apply(peer);
    int place = place(spread(wanted.hashCode()), wanted);
    if (place >= 0 && peers[place] == peer) {
      size--;
      System.arraycopy(peers, place + 1, peers, place, size - place);
      System.arraycopy(hashes, place + 1, hashes, place, size - place);
      peers[size] = null;
    }
  }

  /** Where the one of this key is, or {@code -1 - n} if it belongs behind the first n. */
  private int place(int hash, K wanted) {
    int place = first(hash);
    while (place < size && hashes[place] == hash) {
      if (key.apply(peers[place]).equals(wanted)) {
        return place;
      }
      place++;
    }
    return -place - 1;
  }

  /** How many have a lower hash. */
  private int first(int hash) {
    long number = Integer.toUnsignedLong(hash);
    return place(number, (int) ((number * size) >>> Integer.SIZE));
  }

  @Override
  boolean isLower(int place, long number) {
    return Integer.toUnsignedLong(hashes[place]) < number;
  }

  /** Names and addresses that differ in little have hashes that do. */
  private static int spread(int hash) {
    int mixed = (hash ^ hash >>> 16) * 0x85EBCA6B;
    mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
    return mixed ^ mixed >>> 16;
  }
}

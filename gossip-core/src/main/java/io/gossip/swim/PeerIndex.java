package io.gossip.swim;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Members in the order of some key of theirs: four bytes each. */
final class PeerIndex<K> {

  private final Function<Peer, K> key;
  private final Comparator<K> order;
  private Peer[] peers = new Peer[8];
  private int size;

  PeerIndex(Function<Peer, K> key, Comparator<K> order) {
    this.key = key;
    this.order = order;
  }

  int size() {
    return size;
  }

  /** All of them, in order; a view. */
  List<Peer> all() {
    return Arrays.asList(peers).subList(0, size);
  }

  @Nullable Peer find(K wanted) {
    int place = place(wanted);
    return place >= 0 ? peers[place] : null;
  }

  /** Takes one in, instead of the one of the same key. */
  void put(Peer peer) {
    int place = place(key.apply(peer));
    if (place >= 0) {
      peers[place] = peer;
      return;
    }
    place = -place - 1;
    if (size == peers.length) {
      peers = Arrays.copyOf(peers, size + size / 4 + 1);
    }
    System.arraycopy(peers, place, peers, place + 1, size - place);
    peers[place] = peer;
    size++;
  }

  /** Takes one out, if it is the one that is in under its key. */
  @SuppressWarnings("NullAway") // behind the last is nobody
  void remove(Peer peer) {
    int place = place(key.apply(peer));
    if (place >= 0 && peers[place] == peer) {
      size--;
      System.arraycopy(peers, place + 1, peers, place, size - place);
      peers[size] = null;
    }
  }

  /** Where the one of this key is, or {@code -1 - n} if it belongs behind the first n. */
  private int place(K wanted) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int byKey = order.compare(key.apply(peers[middle]), wanted);
      if (byKey == 0) {
        return middle;
      }
      if (byKey < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}

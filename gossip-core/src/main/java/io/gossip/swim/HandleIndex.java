package io.gossip.swim;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Members in the unsigned order of their handles: four bytes each and nothing allocated to look one
 * up. Handles are spread evenly, so a place is guessed from the number and found close by.
 */
final class HandleIndex extends EvenOrder {

  private Peer[] peers = new Peer[8];
  private int size;

  @Override
  int size() {
    return size;
  }

  @Nullable Peer find(long handle) {
    int place = place(handle);
    return place < size && peers[place].handle == handle ? peers[place] : null;
  }

  /** Takes one in; nobody of its handle may be in. */
  void add(Peer peer) {
    int place = place(peer.handle);
    if (size == peers.length) {
      peers = Arrays.copyOf(peers, size + size / 4 + 1);
    }
    System.arraycopy(peers, place, peers, place + 1, size - place);
    peers[place] = peer;
    size++;
  }

  /** Takes one out, which must be in. */
  @SuppressWarnings("NullAway") // behind the last is nobody
  void remove(Peer peer) {
    int place = place(peer.handle);
    size--;
    System.arraycopy(peers, place + 1, peers, place, size - place);
    peers[size] = null;
  }

  /** Those whose handles are from {@code from} to {@code to}, both included, in order. */
  Iterable<Peer> range(long from, long to) {
    return () -> new Range(place(from), to);
  }

  /** How many have a lower handle. */
  private int place(long handle) {
    return place(handle, (int) Math.multiplyHigh(handle >>> 1, (long) size << 1));
  }

  @Override
  boolean isLower(int place, long handle) {
    return Long.compareUnsigned(peers[place].handle, handle) < 0;
  }

  private final class Range implements Iterator<Peer> {
    private int next;
    private final long to;

    Range(int next, long to) {
      this.next = next;
      this.to = to;
    }

    @Override
    public boolean hasNext() {
      return next < size && Long.compareUnsigned(peers[next].handle, to) <= 0;
    }

    @Override
    public Peer next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return peers[next++];
    }
  }
}

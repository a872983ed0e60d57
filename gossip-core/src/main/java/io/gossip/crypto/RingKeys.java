package io.gossip.crypto;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ring, and what its keys are for one cluster. */
final class RingKeys {

  private final Keyring ring;
  private final String cluster;
  private final List<Hkdf> derived = new ArrayList<>();

  RingKeys(Keyring ring, String cluster) {
    this(ring, cluster, null);
  }

  private RingKeys(Keyring ring, String cluster, @Nullable RingKeys before) {
    this.ring = ring;
    this.cluster = cluster;
    for (Key key : ring.keys()) {
      int index = before == null ? -1 : before.ring.keys().indexOf(key);
      derived.add(before == null || index < 0 ? Hkdf.of(key, cluster) : before.derived.get(index));
    }
  }

  /** Another ring for the same cluster. */
  RingKeys next(Keyring next) {
    return new RingKeys(next, cluster, this);
  }

  Keyring ring() {
    return ring;
  }

  Hkdf primary() {
    return derived.get(0);
  }

  int primaryId() {
    return ring.primary().id();
  }

  @Nullable Hkdf find(int id) {
    List<Key> keys = ring.keys();
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).id() == id) {
        return derived.get(i);
      }
    }
    return null;
  }

  /** Whether that id means the same key in both. Another key may come to have it. */
  boolean sharesWith(RingKeys other, int id) {
    Key key = ring.find(id);
    return key != null && key.equals(other.ring.find(id));
  }
}

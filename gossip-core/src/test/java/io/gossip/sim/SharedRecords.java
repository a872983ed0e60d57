package io.gossip.sim;

import io.gossip.swim.Sharing;
import java.util.HashMap;
import java.util.Map;

/**
 * One object for all equal records of a world: the views of thousands of processes in one would not
 * fit otherwise.
 */
final class SharedRecords implements Sharing {
  private final Map<Object, Object> known = new HashMap<>(); // looked up only

  @Override
  @SuppressWarnings("unchecked") // equal objects of one class each
  public <T> T shared(T value) {
    Object first = known.putIfAbsent(value, value);
    return first == null ? value : (T) first;
  }
}

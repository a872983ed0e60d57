package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import io.gossip.swim.Sharing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One object for all equal records of a world: the views of thousands of processes in one would not
 * fit otherwise.
 */
final class SharedRecords implements Sharing {
  // Looked up only. To hash all of a record at each change of a view would take more than the rest.
  private final Map<NodeId, List<Member>> members = new HashMap<>();
  private final Map<Object, Object> others = new HashMap<>();

  @Override
  @SuppressWarnings("unchecked") // equal objects of one class each
  public <T> T shared(T value) {
    Object first =
        value instanceof Member member ? known(member) : others.putIfAbsent(value, value);
    return first == null ? value : (T) first;
  }

  private Member known(Member record) {
    List<Member> records = members.computeIfAbsent(record.id(), id -> new ArrayList<>(4));
    for (int i = records.size() - 1; i >= 0; i--) { // most are of late
      if (records.get(i).equals(record)) {
        return records.get(i);
      }
    }
    records.add(record);
    return record;
  }
}

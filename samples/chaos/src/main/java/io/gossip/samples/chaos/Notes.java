package io.gossip.samples.chaos;

import java.util.ArrayList;
import java.util.List;

/** What customers and instances told, one note for each line. Thread-safe. */
final class Notes {

  /**
   * A call.
   *
   * @param due when it was to begin, in microseconds since 1970
   * @param took until its answer or its failure, in microseconds
   * @param instance who answered; empty if nobody did
   * @param failure why not; empty if somebody did
   */
  record Call(int customer, long due, long took, String instance, String failure) {
    boolean failed() {
      return instance.isEmpty();
    }
  }

  /** Who was in a customer's rotation from a time on. */
  record Rotation(int customer, long at, List<String> instances) {}

  /** An instance accepted traffic. */
  record Ready(String instance, long at) {}

  private final List<Call> calls = new ArrayList<>();
  private final List<Rotation> rotations = new ArrayList<>();
  private final List<Ready> ready = new ArrayList<>();

  synchronized void customer(int customer, List<String> words) {
    long time = Long.parseLong(words.get(1));
    switch (words.get(0)) {
      case Line.CALL ->
          calls.add(new Call(customer, time, Long.parseLong(words.get(2)), words.get(3), ""));
      case Line.FAILED ->
          calls.add(new Call(customer, time, Long.parseLong(words.get(2)), "", words.get(3)));
      case Line.ROTATION ->
          rotations.add(
              new Rotation(
                  customer,
                  time,
                  words.subList(2, words.size()).stream().filter(id -> !id.isEmpty()).toList()));
      default -> throw new IllegalArgumentException(words.toString());
    }
  }

  synchronized void instance(String instance, List<String> words) {
    ready.add(new Ready(instance, Long.parseLong(words.get(1))));
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Whether the last so many calls were answered, and none took longer than so. */
  synchronized boolean areAnsweredWithin(int count, long micros) {
    return calls.size() >= count
        && calls.subList(calls.size() - count, calls.size()).stream()
            .noneMatch(call -> call.failed() || call.took() > micros);
  }

  synchronized List<Rotation> rotations() {
    return List.copyOf(rotations);
  }

  synchronized List<Ready> ready() {
    return List.copyOf(ready);
  }

  /** Whether each of so many customers has exactly so many instances in rotation now. */
  synchronized boolean allHave(int customers, int instances) {
    for (int customer = 0; customer < customers; customer++) {
      int now = 0;
      for (Rotation rotation : rotations) {
        now = rotation.customer == customer ? rotation.instances.size() : now;
      }
      if (now != instances) {
        return false;
      }
    }
    return true;
  }
}

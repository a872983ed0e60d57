package io.gossip.samples.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What came of one run. Times are seconds after the fault; NaN where there is none.
 *
 * @param calls due from the fault on
 * @param failed how many of them failed
 * @param why the kinds of failure, and how many of each
 * @param lastFailure when the last one was due
 * @param out when the victim was out of every customer's rotation
 * @param firstUse longest time from an instance's readiness to the first call that was due after it
 *     and it answered
 * @param median of the latency of what succeeded, in milliseconds
 * @param p99 the same for 99 %
 */
record Outcome(
    int calls,
    int failed,
    Map<String, Integer> why,
    double lastFailure,
    double out,
    double firstUse,
    double median,
    double p99) {

  /** Sums up. */
  static Outcome of(Notes notes, int customers, Fault fault, String victim, long struck) {
    Map<String, Integer> why = new TreeMap<>();
    double lastFailure = Double.NaN;
    int calls = 0;
    int failed = 0;
    for (Notes.Call call : notes.calls()) {
      calls += call.due() >= struck ? 1 : 0;
      if (call.failed() && call.due() + call.took() >= struck) {
        failed++;
        why.merge(call.failure(), 1, Integer::sum);
        double at = seconds(call.due() - struck);
        lastFailure = Double.isNaN(lastFailure) ? at : Math.max(lastFailure, at);
      }
    }
    long[] latencies =
        notes.calls().stream()
            .filter(call -> !call.failed() && call.due() >= struck)
            .mapToLong(Notes.Call::took)
            .sorted()
            .toArray();
    return new Outcome(
        calls,
        failed,
        why,
        lastFailure,
        fault == Fault.ROLLING ? Double.NaN : out(notes, customers, victim, struck),
        firstUse(notes, struck),
        percentile(latencies, 0.5),
        percentile(latencies, 0.99));
  }

  private static double out(Notes notes, int customers, String victim, long struck) {
    double slowest = 0;
    for (int customer = 0; customer < customers; customer++) {
      double first = Double.NaN;
      for (Notes.Rotation rotation : notes.rotations()) {
        if (rotation.customer() == customer
            && rotation.at() >= struck
            && Double.isNaN(first)
            && !rotation.instances().contains(victim)) {
          first = seconds(rotation.at() - struck);
        }
      }
      slowest = Double.isNaN(first) || first > slowest ? first : slowest;
      if (Double.isNaN(slowest)) {
        return Double.NaN;
      }
    }
    return slowest;
  }

  private static double firstUse(Notes notes, long struck) {
    double slowest = Double.NaN;
    List<Notes.Call> calls = notes.calls();
    for (Notes.Ready ready : notes.ready()) {
      if (ready.at() < struck) {
        continue;
      }
      double first =
          calls.stream()
              .filter(call -> call.instance().equals(ready.instance()) && call.due() >= ready.at())
              .mapToDouble(call -> seconds(call.due() - ready.at()))
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      slowest = Double.isNaN(slowest) ? first : Math.max(slowest, first);
    }
    return slowest;
  }

  private static double seconds(long micros) {
    return micros / 1e6;
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1e3;
  }

  /** The median of a figure over several runs; NaN counts as the largest. */
  static double median(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
    double[] sorted = outcomes.stream().mapToDouble(figure).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

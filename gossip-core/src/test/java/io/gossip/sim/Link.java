package io.gossip.sim;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How good the way from one machine to another is. One direction only; reordering comes from the
 * jitter.
 *
 * @param latency the least time a packet takes
 * @param jitter what comes on top: at most this, or on average this if {@code exponential}
 * @param exponential whether the jitter has an exponential distribution rather than a uniform one
 * @param loss share of packets that get lost, each by itself
 * @param duplication share of datagrams that arrive twice
 * @param replay share of datagrams that arrive once more, up to 20 s later
 * @param corruption share of datagrams that arrive with a bit flipped
 */
public record Link(
    Duration latency,
    Duration jitter,
    boolean exponential,
    double loss,
    double duplication,
    double replay,
    double corruption) {

  /** Checks the shares. */
  public Link {
    share("loss", loss);
    share("duplication", duplication);
    share("replay", replay);
    share("corruption", corruption);
  }

  /** A data-centre network: 200 µs and 100 µs of jitter on average, nothing lost. */
  public static Link lan() {
    return new Link(Duration.ofNanos(200_000), Duration.ofNanos(100_000), true, 0, 0, 0, 0);
  }

  /** A network between regions: this latency, a tenth of it as jitter on average. */
  public static Link wan(Duration latency) {
    return new Link(latency, latency.dividedBy(10), true, 0, 0, 0, 0);
  }

  /** The same with this share of packets lost. */
  public Link withLoss(double share) {
    return new Link(latency, jitter, exponential, share, duplication, replay, corruption);
  }

  /** The same with this share of datagrams arriving twice. */
  public Link withDuplication(double share) {
    return new Link(latency, jitter, exponential, loss, share, replay, corruption);
  }

  /** The same with this share of datagrams coming once more, much later. */
  public Link withReplay(double share) {
    return new Link(latency, jitter, exponential, loss, duplication, share, corruption);
  }

  /** The same with this share of datagrams damaged. */
  public Link withCorruption(double share) {
    return new Link(latency, jitter, exponential, loss, duplication, replay, share);
  }

  /** The same with exponential jitter of this mean: packets overtake each other. */
  public Link withJitter(Duration mean) {
    return new Link(latency, mean, true, loss, duplication, replay, corruption);
  }

  /** The same with this latency. */
  public Link withLatency(Duration least) {
    return new Link(least, jitter, exponential, loss, duplication, replay, corruption);
  }

  long delayNanos(RandomGenerator random) {
    double uniform = random.nextDouble();
    double share = exponential ? -Math.log(1 - uniform) : uniform;
    return latency.toNanos() + (long) (share * jitter.toNanos());
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 to 1, but was " + value);
    }
  }
}

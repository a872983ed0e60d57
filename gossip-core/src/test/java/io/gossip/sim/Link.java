package io.gossip.sim;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How good the way from one machine to another is. One direction only; reordering comes from the
 * jitter.
 *
 * @param delay how long a packet takes
 * @param loss how many get lost
 * @param noise what else becomes of a datagram
 * @param bandwidth bytes per second that pass from one machine to one other; 0 for any number
 */
public record Link(Delay delay, Loss loss, Noise noise, long bandwidth) {

  /**
   * How long a packet takes.
   *
   * @param least the least time
   * @param jitter what comes on top: at most this, or on average this if {@code exponential}
   * @param exponential whether the jitter has an exponential distribution rather than a uniform one
   */
  public record Delay(Duration least, Duration jitter, boolean exponential) {}

  /**
   * How many packets get lost. Losses come in bursts if there are bad times: each pair of machines
   * then has good and bad times of its own, whose lengths have exponential distributions (the model
   * of Gilbert and Elliott).
   *
   * @param share lost of those sent in good times, each by itself
   * @param badShare lost of those sent in bad times
   * @param good how long good times last on average
   * @param bad how long bad times last on average; zero if there are none
   */
  public record Loss(double share, double badShare, Duration good, Duration bad) {
    private static final Loss NONE = new Loss(0, 0, Duration.ZERO, Duration.ZERO);

    /** Checks the shares. */
    public Loss {
      requireShare("loss", share);
      requireShare("loss in bad times", badShare);
    }

    boolean comesInBursts() {
      return !bad.isZero();
    }
  }

  /**
   * What else becomes of a datagram.
   *
   * @param duplication share that arrive twice
   * @param replay share that arrive once more, up to 20 s later
   * @param corruption share that arrive with a bit flipped
   * @param truncation share that arrive without their end
   */
  public record Noise(double duplication, double replay, double corruption, double truncation) {
    private static final Noise NONE = new Noise(0, 0, 0, 0);

    /** Checks the shares. */
    public Noise {
      requireShare("duplication", duplication);
      requireShare("replay", replay);
      requireShare("corruption", corruption);
      requireShare("truncation", truncation);
    }
  }

  /** Checks the bandwidth. */
  public Link {
    if (bandwidth < 0) {
      throw new IllegalArgumentException("bandwidth must not be negative, but was " + bandwidth);
    }
  }

  /** Always the same time, nothing lost. */
  public static Link even(Duration latency) {
    return new Link(new Delay(latency, Duration.ZERO, false), Loss.NONE, Noise.NONE, 0);
  }

  /** A data-centre network: 200 µs and 100 µs of jitter on average, nothing lost. */
  public static Link lan() {
    return even(Duration.ofNanos(200_000)).withJitter(Duration.ofNanos(100_000));
  }

  /** A network between regions: this latency, a tenth of it as jitter on average. */
  public static Link wan(Duration latency) {
    return even(latency).withJitter(latency.dividedBy(10));
  }

  /** The same with this latency. */
  public Link withLatency(Duration least) {
    return withDelay(new Delay(least, delay.jitter, delay.exponential));
  }

  /** The same with exponential jitter of this mean: packets overtake each other. */
  public Link withJitter(Duration mean) {
    return withDelay(new Delay(delay.least, mean, true));
  }

  /** The same with jitter of at most this, all of it equally likely. */
  public Link withUniformJitter(Duration most) {
    return withDelay(new Delay(delay.least, most, false));
  }

  private Link withDelay(Delay other) {
    return new Link(other, loss, noise, bandwidth);
  }

  /** The same with this share of packets lost. */
  public Link withLoss(double share) {
    return withLoss(new Loss(share, loss.badShare, loss.good, loss.bad));
  }

  /** The same with bad times now and then, in which this share is lost. */
  public Link withBursts(double badShare, Duration good, Duration bad) {
    return withLoss(new Loss(loss.share, badShare, good, bad));
  }

  private Link withLoss(Loss other) {
    return new Link(delay, other, noise, bandwidth);
  }

  /** The same with this share of datagrams arriving twice. */
  public Link withDuplication(double share) {
    return withNoise(new Noise(share, noise.replay, noise.corruption, noise.truncation));
  }

  /** The same with this share of datagrams coming once more, much later. */
  public Link withReplay(double share) {
    return withNoise(new Noise(noise.duplication, share, noise.corruption, noise.truncation));
  }

  /** The same with this share of datagrams damaged. */
  public Link withCorruption(double share) {
    return withNoise(new Noise(noise.duplication, noise.replay, share, noise.truncation));
  }

  /** The same with this share of datagrams cut short. */
  public Link withTruncation(double share) {
    return withNoise(new Noise(noise.duplication, noise.replay, noise.corruption, share));
  }

  private Link withNoise(Noise other) {
    return new Link(delay, loss, other, bandwidth);
  }

  /** The same with this many bytes per second from one machine to one other; 0 for any number. */
  public Link withBandwidth(long bytesPerSecond) {
    return new Link(delay, loss, noise, bytesPerSecond);
  }

  long delayNanos(RandomGenerator random) {
    double uniform = random.nextDouble();
    // StrictMath is the same on every machine.
    double share = delay.exponential ? -StrictMath.log(1 - uniform) : uniform;
    return delay.least.toNanos() + (long) (share * delay.jitter.toNanos());
  }

  /** How long it takes to put this many bytes on the wire. */
  long wireNanos(int bytes) {
    return bandwidth == 0 ? 0 : bytes * 1_000_000_000L / bandwidth;
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 to 1, but was " + value);
    }
  }
}

package io.gossip.sim.tool;

import io.gossip.sim.Link;
import java.time.Duration;

/** Reads the quality of a link. */
final class LinkWords {
  private LinkWords() {}

  /** Such as {@code latency 40ms jitter 4ms loss 0.1%}; what is not said is none. */
  static Link parse(Words words) {
    Link link = Link.even(Duration.ZERO);
    do {
      link = more(link, words);
    } while (words.hasNext() && !"for".equals(words.peek()));
    return link;
  }

  private static Link more(Link link, Words words) {
    return switch (words.word("latency, loss, …")) {
      case "latency" -> link.withLatency(words.length());
      case "jitter" ->
          words.take("up", "to")
              ? link.withUniformJitter(words.length())
              : link.withJitter(words.length());
      case "loss" -> link.withLoss(words.share());
      case "bursts" -> bursts(link, words);
      case "duplication" -> link.withDuplication(words.share());
      case "replay" -> link.withReplay(words.share());
      case "corruption" -> link.withCorruption(words.share());
      case "truncation" -> link.withTruncation(words.share());
      case "bandwidth" -> link.withBandwidth(words.bytes());
      default ->
          throw words.back(
              "expected latency, jitter, loss, bursts, duplication, replay, corruption, truncation"
                  + " or bandwidth");
    };
  }

  private static Link bursts(Link link, Words words) {
    double share = words.share();
    words.expect("good");
    Duration good = words.length();
    words.expect("bad");
    return link.withBursts(share, good, words.length());
  }
}

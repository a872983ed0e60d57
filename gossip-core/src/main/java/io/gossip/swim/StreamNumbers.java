package io.gossip.swim;

/** Numbers for the streams this node opens: 1, 2, 3 and so on. */
final class StreamNumbers {

  private long last;

  long next() {
    return ++last;
  }
}

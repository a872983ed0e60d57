package io.gossip;

/** A listener's place in a node; closing it ends the calls, one that is under way excepted. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  @Override
  void close();
}

package io.gossip.spring.dashboard;

import java.io.IOException;

/** A stream to one open page. Never called by two threads at once. */
interface Stream {

  /** Name of the events. */
  String EVENT = "view";

  /** How long a browser waits before it opens a stream again that has ended. */
  long RETRY_MILLIS = 500;

  /** The view has changed. */
  void signal(long version) throws IOException;

  /** Nothing has changed, and the stream is still there: else it is noticed by this. */
  void beat() throws IOException;

  /** There will be nothing more. */
  void end();
}

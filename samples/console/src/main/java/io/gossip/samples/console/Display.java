package io.gossip.samples.console;

import java.util.List;

/** Where things are shown. Whatever it is given, it makes printable. Thread-safe. */
interface Display {

  /** Something happened. */
  void event(String line);

  /** The answer to what was typed. */
  void answer(List<String> lines);

  /** Shows nothing any more, and leaves the terminal as it was. May be called twice. */
  void close();
}

package io.gossip.samples.console;

import java.io.PrintStream;
import java.util.List;

/** A line for everything, as scripts want it. */
final class PlainDisplay implements Display {

  private final PrintStream out;

  PlainDisplay(PrintStream out) {
    this.out = out;
  }

  @Override
  public void event(String line) {
    out.println(Clock.stamp(Printable.of(line)));
  }

  @Override
  public void answer(List<String> lines) {
    lines.forEach(this::event);
  }

  @Override
  public void close() {}
}

package io.gossip.samples.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/** Cuts what is written into lines, of which the longest are cut. */
final class Lines extends OutputStream {

  private static final int LONGEST = 2_000;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Consumer<String> sink;

  Lines(Consumer<String> sink) {
    this.sink = sink;
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      sink.accept(line.toString(Charset.defaultCharset()));
      line.reset();
    } else if (line.size() < LONGEST) {
      line.write(b);
    }
  }
}

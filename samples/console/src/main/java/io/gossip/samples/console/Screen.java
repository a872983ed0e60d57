package io.gossip.samples.console;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A table of the cluster that fills the terminal and is drawn anew once a second, and soon after
 * something has happened. One types below it; the cursor is put back there after each drawing.
 */
final class Screen implements Display {

  private static final int REMEMBERED = 200;
  private static final long REFRESH_MILLIS = 1_000;
  private static final long PAUSE_MILLIS = 100; // many events are one drawing
  private static final String ESC = "\u001b";
  private static final String ENTER = ESC + "[?1049h" + ESC + "[2J";
  private static final String LEAVE = ESC + "[?1049l";

  private final GossipNode node;
  private final PrintStream out;
  private final Terminal terminal;
  private final Thread painter = new Thread(this::paint, "screen");
  private final Semaphore changed = new Semaphore(1);
  private final ArrayDeque<String> events = new ArrayDeque<>();
  private @Nullable List<String> answer;
  private boolean typed = true;
  private boolean closed;
  private @Nullable Size drawn;

  Screen(GossipNode node, PrintStream out, Terminal terminal) {
    this.node = node;
    this.out = out;
    this.terminal = terminal;
    painter.setDaemon(true);
  }

  void open() {
    out.print(ENTER);
    painter.start();
  }

  @Override
  public synchronized void event(String line) {
    if (events.size() == REMEMBERED) {
      events.removeFirst();
    }
    events.addLast(Clock.stamp(line));
    changed.release();
  }

  @Override
  public synchronized void answer(List<String> lines) {
    answer = lines.isEmpty() ? null : List.copyOf(lines);
    typed = true;
    changed.release();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      out.print(LEAVE);
      out.flush();
      changed.release();
    }
  }

  private void paint() {
    try {
      while (awaitChange()) {
        NodeReport report = report();
        if (report != null) {
          draw(report, terminal.size());
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until something has happened, or a second is over; whether there is more to draw. */
  private boolean awaitChange() throws InterruptedException {
    if (changed.tryAcquire(REFRESH_MILLIS, TimeUnit.MILLISECONDS)) {
      changed.drainPermits();
    }
    synchronized (this) {
      return !closed;
    }
  }

  private @Nullable NodeReport report() throws InterruptedException {
    try {
      return node.report().toCompletableFuture().get(REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return null; // it stops, or is very busy: what is drawn stays
    }
  }

  private synchronized void draw(NodeReport report, Size size) {
    if (closed) {
      return;
    }
    String title = answer == null ? "EVENTS" : "ANSWER (Enter for the events)";
    List<String> below = answer == null ? List.copyOf(events) : answer;
    StringBuilder picture = new StringBuilder(ESC + "7"); // the cursor is where one types
    int row = 1;
    for (String line : Frame.of(report, title, below, size)) {
      picture.append(ESC + "[").append(row++).append(";1H" + ESC + "[K").append(line);
    }
    picture.append(ESC + "8");
    if (typed || !size.equals(drawn)) {
      picture.append(ESC + "[").append(Frame.promptRow(size)).append(";1H" + ESC + "[J> ");
    }
    typed = false;
    drawn = size;
    out.print(picture);
    out.flush();
  }
}

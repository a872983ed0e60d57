package io.gossip.bench.siege;

import io.gossip.bench.siege.Horde.Abuse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Streams opened and not used as they are meant to be, while good members want to join. */
final class StreamAttack implements Attack {

  private static final int LAZY = 64;

  /** Questions a second that no stream is closed for. */
  private static final int POLITE = 200;

  private static final int FDS = 256;
  private static final double CLOSED_SECONDS = 31; // 30 s of silence, and a little

  /** Of a handshake or a frame, what comes before the rest that never comes. */
  private static final byte[] BEGUN = {0, 0, 0, 40, 0x47, 0x59, 1, 1, 0, 0, 0, 0, 1, 2, 3};

  private static final byte[] CLIENT_HELLO = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

  private record Case(Mode mode, Abuse abuse) {}

  @Override
  public String name() {
    return "tcp";
  }

  @Override
  public List<Row> run(Settings settings) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, Case> each : cases().entrySet()) {
      rows.add(run(each.getKey(), each.getValue(), settings));
    }
    rows.add(lazy("readers of a byte a second, with the key", POLITE, settings));
    rows.add(lazy("as many questions as possible, with the key", Integer.MAX_VALUE, settings));
    return rows;
  }

  private static Map<String, Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("half-open", always(Mode.SEALED, new byte[0], false, false));
    cases.put("stalled sealed handshakes", always(Mode.SEALED, BEGUN, false, false));
    cases.put("stalled TLS handshakes", always(Mode.TLS, CLIENT_HELLO, false, false));
    cases.put("TLS garbage", new Case(Mode.TLS, new Abuse(garbage(), false, false)));
    cases.put("frames of 16 MB", always(Mode.SEALED, oversize(), false, false));
    cases.put("FIN without RST", always(Mode.SEALED, BEGUN, false, true));
    cases.put("a byte a second", always(Mode.SEALED, new byte[1], true, false));
    cases.put("half-open, plain nodes", always(Mode.PLAIN, new byte[0], false, false));
    return cases;
  }

  private static Case always(Mode mode, byte[] opening, boolean dribbles, boolean fins) {
    return new Case(mode, new Abuse(() -> opening, dribbles, fins));
  }

  /** Records that look like TLS from outside. */
  private static Supplier<byte[]> garbage() {
    SplittableRandom random = new SplittableRandom(5);
    return () -> {
      byte[] bytes = new byte[5 + random.nextInt(1, 16_384)];
      random.nextBytes(bytes);
      ByteBuffer.wrap(bytes)
          .put((byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0x16))
          .putShort((short) 0x0303)
          .putShort((short) (bytes.length - 5));
      return bytes;
    };
  }

  private static byte[] oversize() {
    return ByteBuffer.allocate(32 * 1024).putInt(16 * 1024 * 1024).array();
  }

  private static Row run(String what, Case each, Settings settings) throws IOException {
    Row row = new Row(what);
    try (Castle castle = new Castle(each.mode, settings.members());
        Watch watch = new Watch(castle)) {
      Sample before = castle.victim().measure();
      try (Horde horde = new Horde(castle.target(), each.abuse, settings.streams())) {
        Pressure pressure = new Pressure(castle, before);
        pressure.watch(settings.seconds());
        watch.ends();
        horde.holdOn();
        row.value("streams opened", horde.opened(), "")
            .atMost(
                "out per byte in",
                (double) horde.bytesBack() / Math.max(1, horde.bytesSent()),
                "",
                each.mode == Mode.TLS ? 1 : 0); // TLS says why it closes
        pressure.report(row);
        row.atMost("all closed after", allClosed(horde), "s", CLOSED_SECONDS);
        rest(castle, row);
      }
      watch.judge(row);
    }
    return row;
  }

  private static double allClosed(Horde horde) {
    long begin = System.nanoTime();
    while (horde.open() > 0) {
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(60)) {
        return Double.POSITIVE_INFINITY;
      }
      Castle.pause(20);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Somebody who holds the key: how long after its last question all of it is closed. */
  private static Row lazy(String what, int perSecond, Settings settings) throws IOException {
    Row row = new Row(what);
    try (Castle castle = new Castle(Mode.SEALED, settings.members());
        Watch watch = new Watch(castle)) {
      Sample before = castle.victim().measure();
      long begin = System.nanoTime();
      try (LazyReaders readers = new LazyReaders(castle.target(), LAZY, perSecond)) {
        Pressure pressure = new Pressure(castle, before);
        double closed = Double.POSITIVE_INFINITY;
        while (closed > 1e9 && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(60)) {
          pressure.watch(1);
          closed = closed(watch) >= LAZY ? (System.nanoTime() - begin) / 1e9 : closed;
        }
        watch.ends();
        row.value("streams opened", LAZY, "")
            .value("questions asked", readers.asked(), "")
            .value("out per byte in", (double) readers.bytesBack() / readers.bytesSent(), "");
        pressure.report(row);
        double since = Math.max(0, closed - LazyReaders.ASKING_SECONDS);
        row.atMost("all closed after", since, "s", CLOSED_SECONDS)
            .value("closed as slow", watch.grown("shell-streams-slow"), "")
            .value("as silent", watch.grown("shell-streams-silent"), "")
            .value("as too fast", watch.grown("refused-rate"), "");
        rest(castle, row);
      }
      watch.judge(row);
    }
    return row;
  }

  /** By the victim's own account: who reads a byte a second does not come to the end for hours. */
  private static long closed(Watch watch) {
    return watch.grown("shell-streams-slow")
        + watch.grown("shell-streams-silent")
        + watch.grown("refused-rate");
  }

  private static void rest(Castle castle, Row row) {
    Castle.pause(1_000);
    Sample before = castle.victim().sample();
    Castle.pause(2_000);
    double cores = castle.victim().sample().since(before, "cpu") / 1e9 / 2;
    row.atMost("CPU afterwards", cores, "cores", 0.1);
  }

  /** What the victim holds while it is under pressure, and how long good members take to join. */
  private static final class Pressure {

    private final Castle castle;
    private final Sample before;
    private double slowest;
    private int joins;
    private long fds;
    private long memory;

    Pressure(Castle castle, Sample before) {
      this.castle = castle;
      this.before = before;
    }

    void watch(int seconds) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      do {
        slowest = Math.max(slowest, castle.newcomer());
        joins++;
        Sample now = castle.victim().measure();
        fds = Math.max(fds, now.since(before, "fds"));
        memory = Math.max(memory, now.since(before, "memory"));
        Castle.pause(200);
      } while (System.nanoTime() - end < 0);
    }

    void report(Row row) {
      row.value("joins", joins, "")
          .atMost("slowest join", slowest, "s", 2)
          .atMost("most fds", fds, "", FDS)
          .atMost("most memory", memory / 1048576.0, "MB", 32);
    }
  }
}

package io.gossip.bench.siege;

import io.gossip.wire.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Garbage from everywhere: without magic, with forged tags under the right key id, and plain. */
final class FloodAttack implements Attack {

  private static final int SHORTEST = 20;
  private static final int LONGEST = 1_400;
  private static final int THREADS = 2;

  private enum Kind {
    NO_MAGIC(Mode.SEALED, "flood without magic"),
    FORGED(Mode.SEALED, "flood of forged tags"),
    PLAIN(Mode.PLAIN, "flood of plain nodes");

    final Mode mode;
    final String words;

    Kind(Mode mode, String words) {
      this.mode = mode;
      this.words = words;
    }
  }

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public List<Row> run(Settings settings) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      rows.add(run(kind, settings));
    }
    return rows;
  }

  private static Row run(Kind kind, Settings settings) throws IOException {
    Row row = new Row(kind.words);
    List<Crowd.Ammunition> ammunition = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      ammunition.add(new Garbage(kind, i));
    }
    try (Castle castle = new Castle(kind.mode, settings.members());
        Crowd crowd = new Crowd();
        Watch watch = new Watch(castle)) {
      double took = watch.fire(crowd, settings.rate(), settings.seconds(), ammunition);
      watch.report(row, crowd, 0);
      long read = crowd.sent() - watch.grown("kernel");
      row.value("per second", Math.rint(crowd.sent() / took), "")
          .value("CPU of the loop each", watch.grown("loop-cpu") / 1e3 / read, "µs")
          .value("allocated each", (double) watch.grown("loop-allocated") / read, "B");
      watch.judge(row);
    }
    return row;
  }

  /** Cheap to make: what differs from one to the next is what would be looked at. */
  private static final class Garbage implements Crowd.Ammunition {

    private final Kind kind;
    private final SplittableRandom random;
    private final byte[] noise = new byte[1 << 16];
    private int sent;

    Garbage(Kind kind, long seed) {
      this.kind = kind;
      this.random = new SplittableRandom(seed);
      random.nextBytes(noise);
    }

    @Override
    public boolean load(ByteBuffer buffer) {
      int length = random.nextInt(SHORTEST, LONGEST + 1);
      switch (kind) {
        case NO_MAGIC -> buffer.put((byte) random.nextInt('G')); // any but the magic's first
        case FORGED -> forge(buffer);
        case PLAIN -> buffer.putShort((short) 0x4753).put((byte) 1).put((byte) 0);
      }
      if (kind == Kind.PLAIN && random.nextInt(2) == 0) { // the checksum is wrong
        buffer.putInt(random.nextInt()).putLong(Header.clusterHash(Secrets.CLUSTER));
      }
      int rest = Math.max(0, length - buffer.position());
      buffer.put(noise, random.nextInt(noise.length - LONGEST), rest);
      return true;
    }

    /** As genuine as it can be made without the key; a few are of no length that could be. */
    private void forge(ByteBuffer buffer) {
      boolean first = sent++ % 2 == 0;
      buffer
          .putShort((short) 0x4758)
          .put((byte) 1)
          .put((byte) (first ? 1 : 2))
          .putInt(Secrets.key(1).id())
          .putLong(random.nextLong())
          .putInt(random.nextInt())
          .putLong(first ? 0 : random.nextLong() | 1)
          .putInt(1 + random.nextInt(Integer.MAX_VALUE));
    }
  }
}

package io.gossip.bench.siege;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Genuine packets, recorded on their way and sent again: to whom they were for, to somebody else,
 * to who they were for after its restart, and after a change of keys.
 */
final class ReplayAttack implements Attack {

  private static final int PER_SECOND = 40_000;

  /** Each below the rate of a member: what was refused for its rate would be new when replayed. */
  private static final int INSIDERS = 8;

  private static final int PINGS_PER_SECOND = 8_000;
  private static final int SESSION = 8;
  private static final int SESSION_END = 20;
  private static final int LONGEST_SECONDS = 600;

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public List<Row> run(Settings settings) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (Castle castle = new Castle(Mode.SEALED, settings.members())) {
      int most = settings.recorded();
      Path atVictim = record(castle.victim(), most);
      Path atPeer = record(castle.peers(), most);
      String between = chatter(castle, settings.seconds());
      fill(castle, castle.victim(), most);
      fill(castle, castle.peers(), most);
      Recording mine = recorded(castle.victim(), atVictim);
      Recording others = recorded(castle.peers(), atPeer);
      Castle.pause(2_000);
      rows.add(replay("the same member", castle, mine).say("between members", between));
      rows.add(replay("another member", castle, others));
      castle.victim().ask("restart");
      castle.settle();
      Castle.pause(3_000);
      rows.add(replay("the same member after its restart", castle, mine));
      for (String step : List.of("add", "promote", "remove")) {
        castle.peers().ask("rekey " + step + " 2");
        castle.victim().ask("rekey " + step + " 2");
        Castle.pause(1_000);
      }
      castle.key(2);
      rows.add(replay("the same member after a change of keys", castle, mine));
    }
    return rows;
  }

  /** Has the members talk; how much of it was recorded at the victim. */
  private static String chatter(Castle castle, int seconds) {
    long before = castle.victim().sample().get("datagrams-received");
    castle.peers().ask("chatter " + seconds);
    long after = castle.victim().sample().get("datagrams-received");
    return Row.text(after - before, "");
  }

  /** Members would take hours for so many: the rest are pings of one that holds the key. */
  private static void fill(Castle castle, GarrisonProcess at, int most) throws IOException {
    String[] parts = at.addresses().get(0).split(":", -1);
    var target = new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    List<Insider> insiders = new ArrayList<>();
    for (int i = 0; i < INSIDERS; i++) {
      insiders.add(new Insider(target));
    }
    long begin = System.nanoTime();
    for (int i = 0; i < most; i++) {
      while ((System.nanoTime() - begin) / 1e9 * PINGS_PER_SECOND < i) {
        LockSupport.parkNanos(100_000);
      }
      insiders.get(i % INSIDERS).ping();
    }
    for (Insider insider : insiders) {
      insider.close();
    }
    castle.settle();
  }

  private static Path record(GarrisonProcess at, int most) throws IOException {
    Path file = Files.createTempFile("siege", ".recorded");
    file.toFile().deleteOnExit();
    at.ask("record " + most + " " + file);
    return file;
  }

  private static Recording recorded(GarrisonProcess at, Path file) throws IOException {
    at.ask("recorded");
    return Recording.take(file);
  }

  /** Replays that the victim had sent itself: it sees its session in them, and drops them. */
  private static long own(Crowd crowd, Recording recorded) {
    byte[] answer = crowd.answer();
    return answer.length < SESSION_END
        ? 0
        : recorded.count(SESSION, Arrays.copyOfRange(answer, SESSION, SESSION_END));
  }

  private static Row replay(String to, Castle castle, Recording recorded) throws IOException {
    Row row = new Row("replay to " + to);
    try (Crowd crowd = new Crowd();
        Watch watch = new Watch(castle)) {
      watch.fire(crowd, PER_SECOND, LONGEST_SECONDS, List.of(recorded.ammunition()));
      watch.report(row, crowd, own(crowd, recorded));
      watch.judge(row);
    }
    return row;
  }
}

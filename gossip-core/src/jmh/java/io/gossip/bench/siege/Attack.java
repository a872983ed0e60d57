package io.gossip.bench.siege;

import java.io.IOException;
import java.util.List;

/** One kind of hostility; what came of it is one row or more. */
interface Attack {

  /** By which it is chosen on the command line. */
  String name();

  /** Builds its victims, does it, and says what was measured. */
  List<Row> run(Settings settings) throws IOException;

  /**
   * How much of it.
   *
   * @param seconds that each row lasts
   * @param rate datagrams a second of a flood
   * @param members in the besieged cluster, the victim included
   * @param recorded packets to record and replay
   * @param streams that an attack on TCP holds open
   * @param nodes that change their keys
   */
  record Settings(int seconds, int rate, int members, int recorded, int streams, int nodes) {}
}

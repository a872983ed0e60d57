package io.gossip.netty;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exceptions out of the state machine. They are bugs: counted all, logged once per kind. */
final class EngineFaults {

  private static final int MAX_KINDS = 64;

  private static final Logger log = LoggerFactory.getLogger(EngineFaults.class);

  private final ShellStats stats;
  private final Set<String> kinds = new HashSet<>();

  EngineFaults(ShellStats stats) {
    this.stats = stats;
  }

  void add(Throwable fault) {
    stats.add(ShellStats.Counter.ENGINE_FAULTS);
    StackTraceElement[] stack = fault.getStackTrace();
    String kind = fault.getClass().getName() + (stack.length == 0 ? "" : " in " + stack[0]);
    if (kinds.size() < MAX_KINDS && kinds.add(kind)) {
      log.error(
          "A bug in the gossip state machine; the node goes on. It is logged once: {}",
          kind,
          fault);
    }
  }
}

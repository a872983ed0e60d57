package io.gossip.bench.siege;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.gossip.GossipNode;
import io.gossip.netty.Refusals;
import io.gossip.netty.ShellStats;
import io.gossip.swim.SwimStats;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What some nodes and their process have counted, the kernel's drops included. */
final class Gauge {

  private static final List<Path> SOCKETS =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

  private final List<GossipNode> nodes;
  private final UnixOperatingSystemMXBean system =
      (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  Gauge(List<GossipNode> nodes) {
    this.nodes = nodes;
  }

  /**
   * Everything at this moment.
   *
   * @param collect whether garbage goes first, so that memory means what is held
   */
  Sample sample(long changes, long suspicions, long deaths, boolean collect) throws IOException {
    Map<String, Long> values = new LinkedHashMap<>();
    values.put("cpu", system.getProcessCpuTime());
    long[] loops = loops();
    values.put("loop-cpu", Arrays.stream(threads.getThreadCpuTime(loops)).sum());
    values.put("loop-allocated", Arrays.stream(threads.getThreadAllocatedBytes(loops)).sum());
    if (collect) {
      System.gc();
    }
    values.put("memory", memory());
    values.put("fds", system.getOpenFileDescriptorCount());
    values.put("changes", changes);
    values.put("suspicions", suspicions);
    values.put("deaths", deaths);
    for (SwimStats.Counter counter :
        List.of(
            SwimStats.Counter.SUSPICIONS,
            SwimStats.Counter.DEATHS_DECLARED,
            SwimStats.Counter.PROBES,
            SwimStats.Counter.PROBES_FAILED,
            SwimStats.Counter.DATAGRAMS_RECEIVED,
            SwimStats.Counter.DATAGRAM_BYTES_SENT,
            SwimStats.Counter.FRAME_BYTES_SENT)) {
      values.put(name(counter), nodes.stream().mapToLong(n -> n.stats().count(counter)).sum());
    }
    for (Refusals.Reason reason : Refusals.Reason.values()) {
      values.put(
          "refused-" + name(reason),
          nodes.stream().mapToLong(n -> n.protection().refusals().count(reason)).sum());
    }
    for (SwimStats.Drop drop : SwimStats.Drop.values()) {
      String kind = drop.wholePacket() ? "dropped-" : "unused-";
      values.put(kind + name(drop), nodes.stream().mapToLong(n -> n.stats().dropped(drop)).sum());
    }
    for (ShellStats.Counter counter : ShellStats.Counter.values()) {
      values.put(
          "shell-" + name(counter),
          nodes.stream().mapToLong(n -> n.shellStats().count(counter)).sum());
    }
    values.put("kernel", kernelDrops());
    return new Sample(values);
  }

  /** The threads that do the nodes' work, the compiler's and the collector's left out. */
  private long[] loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                nodes.stream().anyMatch(node -> thread.getName().equals("gossip-" + node.id())))
        .mapToLong(Thread::getId)
        .toArray();
  }

  private static String name(Enum<?> counter) {
    return counter.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Bytes on the heap, and outside of it in buffers. */
  private static long memory() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    long netty =
        ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
            ? provider.metric().usedDirectMemory()
            : 0;
    return heap.getUsed() + Math.max(direct, netty);
  }

  /** Datagrams that found these nodes' receive buffers full. */
  private long kernelDrops() throws IOException {
    long sum = 0;
    for (GossipNode node : nodes) {
      String port = String.format(Locale.ROOT, ":%04X", node.members().self().address().getPort());
      for (Path table : SOCKETS) {
        for (String line : Files.readAllLines(table)) {
          String[] words = line.strip().split("\\s+");
          if (words.length > 1 && words[1].endsWith(port)) {
            sum += Long.parseLong(words[words.length - 1]);
          }
        }
      }
    }
    return sum;
  }
}

package io.gossip.bench.siege;

import io.gossip.wire.Header;
import io.gossip.wire.Message;
import io.gossip.wire.Message.DigestEntry;
import io.gossip.wire.Update;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes out per byte in: every question of the protocol, small, from an address that has proven
 * nothing, in the name of nobody and in the name of a member.
 */
final class AmplifyAttack implements Attack {

  private static final int TIMES = 50;
  private static final int EVERY_MILLIS = 20;
  private static final int LAST_MILLIS = 500;
  private static final int ASKING_MILLIS = TIMES * EVERY_MILLIS + LAST_MILLIS;

  @Override
  public String name() {
    return "amplify";
  }

  @Override
  public List<Row> run(Settings settings) throws IOException {
    return List.of(run(Mode.PLAIN, settings), run(Mode.SEALED, settings));
  }

  private static Row run(Mode mode, Settings settings) throws IOException {
    Row row = new Row("amplification by " + (mode.seals() ? "sealed" : "plain") + " nodes");
    try (Castle castle = new Castle(mode, settings.members());
        Watch watch = new Watch(castle)) {
      String[] known = castle.peers().ask("members").split(" ", -1);
      List<Long> handles = new ArrayList<>();
      for (String each : known) {
        handles.add(Long.parseLong(each.substring(0, each.indexOf('='))));
      }
      double worst = 0;
      double worstOfAll = 0;
      String who = "none";
      long sent = 0;
      long idle = watch.bytesSent();
      Castle.pause(ASKING_MILLIS);
      long restBytes = watch.bytesSent() - idle; // as much is sent while nobody asks
      for (Map.Entry<String, byte[]> question : questions(handles).entrySet()) {
        double bytes = TIMES * (double) question.getValue().length;
        long before = watch.bytesSent();
        double back = ask(castle, question.getValue()) / bytes;
        double all = Math.max(0, watch.bytesSent() - before - restBytes) / bytes;
        sent += TIMES;
        System.out.printf(
            "  %s, %d bytes: %.2f bytes back per byte, %.2f to anybody%n",
            question.getKey(), question.getValue().length, back, all);
        worstOfAll = Math.max(worstOfAll, all);
        if (back > worst) {
          worst = back;
          who = question.getKey();
        }
      }
      watch.ends();
      row.value("sent", sent, "")
          .atMost("out per byte in", worst, "", mode.seals() ? 0 : 1)
          .say("worst", who)
          .value("to anybody", worstOfAll, "");
      watch.judge(row);
    }
    return row;
  }

  /** Bytes that came back. */
  private static long ask(Castle castle, byte[] question) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      long back = 0;
      DatagramPacket packet = new DatagramPacket(question, question.length, castle.target());
      for (int i = 0; i < TIMES; i++) {
        socket.send(packet);
        socket.setSoTimeout(EVERY_MILLIS);
        back += received(socket);
      }
      socket.setSoTimeout(LAST_MILLIS);
      back += received(socket);
      return back;
    }
  }

  private static long received(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    long bytes = 0;
    try {
      while (true) {
        socket.receive(packet);
        bytes += packet.getLength();
      }
    } catch (SocketTimeoutException e) {
      return bytes;
    }
  }

  private static Map<String, byte[]> questions(List<Long> handles) {
    long member = handles.get(handles.size() - 1);
    long other = handles.get(handles.size() - 2);
    List<DigestEntry> entries = handles.stream().map(h -> new DigestEntry(h, 0, 0)).toList();
    Map<String, List<Message>> messages = new LinkedHashMap<>();
    messages.put("nothing", List.of());
    messages.put("Ping", List.of(new Message.Ping(1, 0)));
    messages.put("Ping for another", List.of(new Message.Ping(1, other)));
    messages.put("PingReq", List.of(new Message.PingReq(1, other)));
    messages.put("Watch", List.of(new Message.Watch(1, 0xabc)));
    messages.put("Digest of nobody", List.of(new Message.Digest(0, -1, List.of())));
    messages.put("BucketHashes", List.of(new Message.BucketHashes(1, 0, List.of(1L, 2L))));
    messages.put("Fetch of all", List.of(new Message.Fetch(entries)));
    messages.put("Fetch of one", List.of(new Message.Fetch(entries.subList(0, 1))));
    messages.put("Offer", List.of(new Message.Offer(List.of(new DigestEntry(member, 0, 0)))));
    messages.put("Join", List.of(new Message.Join(1)));
    messages.put("PageRequest", List.of(new Message.PageRequest(0)));
    messages.put("Dead of nobody known", List.of(new Update.Dead(0xdead, 0, List.of())));
    Map<String, byte[]> questions = new LinkedHashMap<>();
    messages.forEach(
        (name, list) -> {
          questions.put(name, Packets.plain(Secrets.CLUSTER, 1, Header.PULL, list));
          questions.put(
              name + " in a member's name",
              Packets.plain(Secrets.CLUSTER, member, Header.PULL, list));
        });
    return questions;
  }
}

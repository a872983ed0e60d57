package io.gossip.bench.siege;

import io.gossip.crypto.PacketCipher;
import io.gossip.membership.Evidence;
import io.gossip.wire.Message;
import io.gossip.wire.Update;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Deaths and leaves of every member, in every form that is not genuine, over UDP and TCP. */
final class ForgeAttack implements Attack {

  private static final int PER_SECOND = 2_000;

  @Override
  public String name() {
    return "forge";
  }

  @Override
  public List<Row> run(Settings settings) throws IOException {
    PacketCipher otherKey = Packets.cipher(9, Secrets.CLUSTER);
    PacketCipher otherCluster = Packets.cipher(1, "another");
    return List.of(
        run("deaths of another cluster, plain", Mode.PLAIN, "another", p -> p, settings),
        run("plain deaths, sealed nodes", Mode.SEALED, Secrets.CLUSTER, p -> p, settings),
        run("deaths under another key", Mode.SEALED, Secrets.CLUSTER, sealed(otherKey), settings),
        run(
            "deaths under the key, another cluster",
            Mode.SEALED,
            Secrets.CLUSTER,
            sealed(otherCluster),
            settings));
  }

  private static UnaryOperator<byte[]> sealed(PacketCipher cipher) {
    InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", 1);
    return packet -> Packets.bytes(cipher.seal(ByteBuffer.wrap(packet), nobody, 0));
  }

  private static Row run(
      String what, Mode mode, String cluster, UnaryOperator<byte[]> finish, Settings settings)
      throws IOException {
    Row row = new Row(what);
    try (Castle castle = new Castle(mode, settings.members());
        Crowd crowd = new Crowd();
        Watch watch = new Watch(castle)) {
      List<byte[]> deaths = new ArrayList<>();
      for (String each : castle.peers().ask("members").split(" ", -1)) {
        int equals = each.indexOf('=');
        deaths.addAll(
            deaths(
                cluster,
                Long.parseLong(each.substring(0, equals)),
                Integer.parseInt(each.substring(equals + 1))));
      }
      int[] next = {0};
      Crowd.Ammunition all =
          buffer -> {
            buffer.put(finish.apply(deaths.get(next[0]++ % deaths.size())));
            return true;
          };
      for (byte[] death : deaths) {
        overTcp(castle.target(), death);
      }
      watch.fire(crowd, PER_SECOND, settings.seconds(), List.of(all));
      watch.report(row, crowd, 0);
      watch.judge(row);
    }
    return row;
  }

  /** In its own name and in others', at its incarnation and at the highest. */
  private static List<byte[]> deaths(String cluster, long handle, int incarnation) {
    List<byte[]> packets = new ArrayList<>();
    for (int claimed : new int[] {incarnation, -1}) {
      var charges = List.of(new Update.Charge(handle + 1, Evidence.REFUSED));
      for (Message message :
          List.<Message>of(
              new Update.Dead(handle, claimed, charges),
              new Update.Left(handle, claimed),
              new Update.Suspect(handle, claimed, charges))) {
        packets.add(Packets.plain(cluster, handle, 0, List.of(message)));
        packets.add(Packets.plain(cluster, 1, 0, List.of(message)));
      }
    }
    return packets;
  }

  private static void overTcp(InetSocketAddress target, byte[] packet) throws IOException {
    try (Socket socket = new Socket(target.getAddress(), target.getPort());
        OutputStream out = socket.getOutputStream()) {
      out.write(Packets.framed(packet));
    } catch (IOException e) {
      System.out.println("  closed while writing: " + e.getMessage());
    }
  }
}

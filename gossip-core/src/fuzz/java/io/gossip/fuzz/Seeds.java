package io.gossip.fuzz;

import io.gossip.membership.Evidence;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.wire.Header;
import io.gossip.wire.Message;
import io.gossip.wire.RefusalReason;
import io.gossip.wire.Update;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Inputs to begin with, for each target: made by real writers, and so as new as these are. */
public final class Seeds {

  private static final int HEADER_BEFORE_INCARNATION = 32;

  private Seeds() {}

  /** Writes them into a folder, one file each. Arguments: the target's simple name, the folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    Files.createDirectories(folder);
    List<byte[]> seeds = all().get(arguments[0]);
    if (seeds == null) {
      throw new IllegalArgumentException("a target is one of " + all().keySet());
    }
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
  }

  /** By the simple name of the target. */
  public static Map<String, List<byte[]>> all() {
    Map<String, List<byte[]>> seeds = new LinkedHashMap<>();
    seeds.put("PacketFuzz", packets());
    seeds.put("CipherFuzz", ciphers());
    seeds.put("ConfigurationFuzz", settings());
    seeds.put("EngineFuzz", stories());
    seeds.put("StreamFuzz", streams());
    return seeds;
  }

  private static List<byte[]> packets() {
    List<byte[]> seeds = new ArrayList<>();
    for (Message message : messages()) {
      byte[] packet = packet(message);
      seeds.add(with(packet, 0));
      seeds.add(with(afterViewHash(packet), 1));
    }
    seeds.add(with(packet(messages().toArray(Message[]::new)), 0));
    return seeds;
  }

  private static List<byte[]> ciphers() {
    List<byte[]> seeds = new ArrayList<>();
    for (int door = 0; door < 4; door++) {
      for (int kept : new int[] {0, 4, 8, 24, 31, 40, 100, 255}) {
        seeds.add(with(new byte[16], door, kept));
      }
    }
    return seeds;
  }

  private static List<byte[]> settings() {
    String[][] texts = {
      {"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "AAECAwQFBgcICQoLDA0ODw==", "AAE=", "===="},
      {"10.0.0.0/8", "fd00::/8", "192.0.2.7", "::ffff:10.0.0.0/104", "10.0.0.0/33", "%eth0"},
      {
        "host",
        "host:7946",
        "[::1]",
        "[fe80::1%eth0]:7946",
        "fd00::7",
        "host:",
        ":1",
        "[]",
        "[ a]",
        "a]:b:c"
      },
      {"shop-1", "größe-€", "a b", "😀"},
      {"port", "zone", "größe €", ""},
    };
    List<byte[]> seeds = new ArrayList<>();
    for (int kind = 0; kind < texts.length; kind++) {
      for (String text : texts[kind]) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        seeds.add(kind == 3 ? with(bytes, kind, 0) : with(bytes, kind));
      }
    }
    seeds.add(with(HexFormat.of().parseHex("0061d83dde000062"), 3, 255));
    seeds.add(with(HexFormat.of().parseHex("0061d83d0062"), 3, 255));
    return seeds;
  }

  private static List<byte[]> stories() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      byte[] story = new byte[200 + 80 * i];
      new SplittableRandom(i).nextBytes(story);
      story[0] = (byte) (i % 2); // every other one signs
      seeds.add(story);
    }
    return seeds;
  }

  /** For each kind of stream: a handful of frames, in one piece and byte by byte. */
  private static List<byte[]> streams() {
    List<byte[]> seeds = new ArrayList<>();
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (Message message : messages()) {
      byte[] packet = packet(message);
      frames.writeBytes(new byte[] {0, 0, (byte) (packet.length >> 8), (byte) packet.length});
      frames.writeBytes(packet);
    }
    byte[] hello =
        HexFormat.of()
            .parseHex(
                "160301004b0100004703030000000000000000000000000000000000000000000000000000000000"
                    + "0000000000021301010000"
                    + "1c002b0003020304000a00040002001d000d00040002040300330002000000");
    for (int kind = 0; kind < 7; kind++) {
      seeds.add(with(frames.toByteArray(), kind, 255));
      seeds.add(with(frames.toByteArray(), kind, 1));
      seeds.add(with(hello, kind, 255));
      seeds.add(with(hello, kind, 3));
      seeds.add(with(HexFormat.of().parseHex("00000028475901010000000000"), kind, 7));
      seeds.add(with(HexFormat.of().parseHex("7fffffff4753"), kind, 255));
      seeds.add(with(HexFormat.of().parseHex("ffffffff4753"), kind, 255));
    }
    return seeds;
  }

  private static List<Message> messages() {
    long bob = 0x0B0B000000000002L;
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7946);
    List<Message.DigestEntry> entries = List.of(new Message.DigestEntry(bob, 4, 2));
    List<Update.Charge> charges = List.of(new Update.Charge(7, Evidence.REFUSED));
    return List.of(
        new Message.Ping(1, bob),
        new Message.Ack(1, 5),
        new Message.WrongTarget(1, bob),
        new Message.PingReq(1, bob),
        new Message.RelayedAck(1, bob, 200),
        new Message.Nack(1, bob),
        new Message.Watch(1, bob),
        new Update.Alive(
            new NodeId("shop-k3v9"),
            1_767_225_600_000L,
            3,
            address,
            "eu",
            new ProtocolRange(1, 2),
            9),
        new Update.Suspect(bob, 3, charges),
        new Update.Dead(bob, 3, charges),
        new Update.Left(bob, 4),
        new Update.State(bob, 2, 3, 0, 1, List.of(new Update.Entry("port", 3, "8080"))).after(2),
        new Update.Refuted(bob, 5),
        new Message.BucketHashes(4, 14, List.of(1L, -1L)),
        new Message.Digest(0, -1, entries),
        new Message.Fetch(entries),
        new Message.Offer(entries),
        new Message.Join(1),
        new Message.JoinAccepted(1, 64),
        new Message.JoinRefused(1, RefusalReason.CONFLICT, 0, "b is alive"),
        new Message.Busy(1, List.of(address)),
        new Message.PageRequest(bob),
        new Message.Page(bob));
  }

  private static byte[] packet(Message... messages) {
    return Packets.of(new Header(1, 1, Packets.CLUSTER_HASH, 7, 0, 9), List.of(messages));
  }

  private static byte[] afterViewHash(byte[] packet) {
    return Arrays.copyOfRange(packet, HEADER_BEFORE_INCARNATION, packet.length);
  }

  private static byte[] with(byte[] rest, int... first) {
    byte[] input = new byte[first.length + rest.length];
    for (int i = 0; i < first.length; i++) {
      input[i] = (byte) first[i];
    }
    System.arraycopy(rest, 0, input, first.length, rest.length);
    return input;
  }
}

package io.gossip.fuzz;

import io.gossip.crypto.Key;
import io.gossip.membership.Identity;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.netty.Protection;
import io.gossip.swim.Seed;
import io.gossip.swim.Swim;
import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Any text as a setting: keys, networks, seeds, names, keys and values of state. It is taken or
 * refused with an {@link IllegalArgumentException}, and what is taken can be used.
 *
 * <p>An input is a byte that says which setting, and the text.
 */
public final class ConfigurationFuzz {

  private static final int DEFAULT_PORT = 7946;

  private ConfigurationFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    int kind = choices.below(5);
    String text = kind == 3 && choices.next() > 127 ? choices.utf16() : choices.text();
    try {
      switch (kind) {
        case 0 -> key(text);
        case 1 -> Protection.check(List.of(text));
        case 2 -> seed(text);
        case 3 -> name(text);
        default -> Swim.checkState(Map.of(text, text));
      }
    } catch (IllegalArgumentException e) {
      Harm.unless(e.getMessage() != null, "refused without a word");
    }
  }

  private static void key(String text) {
    Key key = Key.ofBase64(text);
    Harm.unless(
        key.equals(Key.of(Base64.getDecoder().decode(text))) && !key.toString().contains(text),
        "not the key that was written");
  }

  private static void seed(String text) {
    Seed seed = Seed.parse(text, DEFAULT_PORT);
    Seed again = Seed.parse(seed.toString(), 1);
    Harm.unless(again.equals(seed), "'" + text + "' is " + seed + ", and that is " + again);
  }

  /** A name that is taken can be announced. */
  private static void name(String text) {
    NodeId id = new NodeId(text);
    Harm.unless(new Identity(id, 1).handle() != 0, "no handle");
    PacketWriter writer = new PacketWriter(Limits.MIN_DATAGRAM_BYTES);
    writer.begin(new Header(1, 0, Packets.CLUSTER_HASH, 1, 0, 0), Limits.MIN_DATAGRAM_BYTES);
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT);
    try {
      writer.add(new Update.Alive(id, 1, 0, address, "", new ProtocolRange(1, 1), 0));
    } catch (IllegalArgumentException e) {
      throw new Harm("a name that cannot be announced", e);
    }
  }
}

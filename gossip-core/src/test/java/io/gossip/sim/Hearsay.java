package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.ProtocolRange;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.wire.Header;
import io.gossip.wire.MalformedPacketException;
import io.gossip.wire.MalformedPacketException.Reason;
import io.gossip.wire.Message;
import io.gossip.wire.Packet;
import io.gossip.wire.PacketReader;
import io.gossip.wire.Update;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The datagram that a process deals with, read once more to know what was asked of it: who is
 * accused answers in the same turn (S6).
 */
final class Hearsay {
  private final PacketReader reader;
  private long handle;
  private long handleGeneration;
  private List<Message> messages = List.of();
  private long sender;
  private @Nullable Reason unreadable;

  Hearsay(String cluster) {
    reader = new PacketReader(Header.clusterHash(cluster), new ProtocolRange(1, 255));
  }

  /** The next datagram. */
  void read(ByteBuffer datagram) {
    try {
      unreadable = null;
      Packet packet = reader.read(datagram);
      messages = packet.messages();
      sender = packet.header().sender();
    } catch (MalformedPacketException e) {
      unreadable = e.reason(); // damaged on its way, or of another cluster: it says nothing
      messages = List.of();
      sender = 0;
    }
  }

  /** What another datagram says. */
  List<Message> peek(ByteBuffer datagram) {
    try {
      return reader.read(datagram).messages();
    } catch (MalformedPacketException e) {
      throw new IllegalStateException("what a process sends can be read", e);
    }
  }

  /** The handle of who has sent it; 0 if it cannot be read. */
  long sender() {
    return sender;
  }

  List<Message> messages() {
    return messages;
  }

  /** Whether the datagram is none that the process may take for one of its cluster. */
  boolean isForeign() {
    return unreadable != null;
  }

  /**
   * The datagram has been dealt with: if it accused this process, its record must be above that.
   *
   * @param before its record when the datagram came
   */
  void answered(Member before, Member after, Phase phase) {
    if (phase == Phase.LEAVING || phase == Phase.LEFT || phase == Phase.CONFLICT) {
      return;
    }
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i) instanceof Update update
          && isAccusation(update)
          && update.handle() == handleOf(before)
          && Integer.compareUnsigned(incarnationOf(update), before.incarnation()) >= 0
          && !answers(after, before, incarnationOf(update))) {
        throw new Violation("S6: " + before + " was told " + update + " and is " + after);
      }
    }
  }

  private static boolean answers(Member after, Member before, int accused) {
    return after.generation() > before.generation()
        || Integer.compareUnsigned(after.incarnation(), accused) > 0;
  }

  private static boolean isAccusation(Update update) {
    return update instanceof Update.Suspect
        || update instanceof Update.Dead
        || update instanceof Update.Left;
  }

  private static int incarnationOf(Update update) {
    if (update instanceof Update.Suspect suspect) {
      return suspect.incarnation();
    }
    if (update instanceof Update.Dead dead) {
      return dead.incarnation();
    }
    return update instanceof Update.Left left ? left.incarnation() : 0;
  }

  private long handleOf(Member member) {
    if (handle == 0 || member.generation() != handleGeneration) {
      handle = member.identity().handle();
      handleGeneration = member.generation();
    }
    return handle;
  }
}

package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the state machine asks of the world. Implementations must not call back into it; what comes
 * of a call comes back later as one of its inputs.
 *
 * <p>A stream is an ordered, reliable, bidirectional connection that carries frames. Streams opened
 * by the state machine have positive numbers, streams accepted by the world negative ones; 0 is
 * none.
 */
public interface Output {

  /** Sends one datagram. The buffer is valid during the call only. */
  void send(InetSocketAddress to, ByteBuffer packet);

  /**
   * Opens a stream. Answered by {@link Swim#connected} or {@link Swim#closed}; the state machine
   * gives up on its own after its time-out and then calls {@link #close}.
   */
  void connect(long stream, InetSocketAddress to);

  /** Sends one frame on an open stream. The buffer is valid during the call only. */
  void write(long stream, ByteBuffer frame);

  /**
   * From now on the stream may be silent for any length of time: it ends when either process closes
   * it or is gone.
   */
  void keep(long stream);

  /**
   * Closes a stream once what was written has been sent. The state machine has forgotten the stream
   * already: no {@link Swim#closed} is wanted for it.
   */
  void close(long stream);

  /** Looks up the addresses of a seed. Answered by {@link Swim#resolved}. */
  void resolve(Seed seed);

  /** The address at the other end of a stream; {@code null} if it is not known. */
  default @Nullable InetSocketAddress otherEnd(long stream) {
    return null;
  }

  /**
   * Whether the application wants to have this member where it is, new or moved; its state is not
   * known yet.
   */
  default boolean accepts(Member member) {
    return true;
  }

  /** Whether who asks to join on a stream has shown what it needs to bear this name. */
  default boolean permits(long stream, NodeId name) {
    return true;
  }

  /**
   * Tells people that a member has said what it must not, where members sign: at most once for each
   * message.
   *
   * @param source where it came from, or who is not listened to any more; {@code null} if it is not
   *     proven where it came from
   * @param detail for a person to read
   */
  default void refused(@Nullable InetSocketAddress source, Misconduct misconduct, String detail) {}

  /** Tells listeners, once the current input has been dealt with and the view is published. */
  void publish(MembershipEvent event);
}

package io.gossip.wire;

import io.gossip.membership.Evidence;
import io.gossip.membership.Identity;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** News about one member: what rumors and repairs are made of. */
public sealed interface Update extends Message {

  /** The life it is about. */
  long handle();

  /**
   * A member is alive, as told by itself.
   *
   * @param stateVersion version of its state when this was said
   */
  record Alive(
      NodeId id,
      long generation,
      int incarnation,
      InetSocketAddress address,
      String zone,
      ProtocolRange protocol,
      long stateVersion)
      implements Update {

    @Override
    public long handle() {
      return new Identity(id, generation).handle();
    }
  }

  /** A member was found silent by these accusers in this incarnation; at least one. */
  record Suspect(long handle, int incarnation, List<Charge> charges) implements Update {}

  /** A member was declared dead in this incarnation. */
  record Dead(long handle, int incarnation, List<Charge> charges) implements Update {}

  /**
   * A member that is known has raised its incarnation: all that is new of it, in a fifth of the
   * bytes of its {@link Alive}.
   */
  record Refuted(long handle, int incarnation) implements Update {}

  /** A member left. */
  record Left(long handle, int incarnation) implements Update {}

  /**
   * A run of entries of a member's state, in the order of their versions: all its entries whose
   * version is above {@code from} and at most {@code to}.
   *
   * @param from the receiver must hold at least this version, or the delta does not apply; 0 with
   *     {@code target} above 0 starts afresh
   * @param to version of the last entry; what the receiver holds afterwards
   * @param target 0 for an ordinary delta; for a reset, the version at which the copy that is built
   *     up beside the visible one is complete and takes its place
   * @param purged deletions up to this version are no longer told one by one
   */
  record State(long handle, long from, long to, long target, long purged, List<Entry> entries)
      implements Update {}

  /**
   * One entry of a member's state.
   *
   * @param value the value, or {@code null} for a deletion
   */
  record Entry(String key, long version, @Nullable String value) {}

  /**
   * One accuser's finding.
   *
   * @param accuser the accuser's handle
   */
  record Charge(long accuser, Evidence evidence) {}
}

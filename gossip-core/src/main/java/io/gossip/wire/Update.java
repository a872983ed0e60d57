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
   * @param owner the key that its word is checked with; {@code null} if it does not sign
   * @param signature its own, of this {@link Statement#record}; {@code null} without {@code owner}
   */
  record Alive(
      NodeId id,
      long generation,
      int incarnation,
      InetSocketAddress address,
      String zone,
      ProtocolRange protocol,
      long stateVersion,
      @Nullable OwnerKey owner,
      @Nullable Signature signature)
      implements Update {

    /** One that is not signed. */
    public Alive(
        NodeId id,
        long generation,
        int incarnation,
        InetSocketAddress address,
        String zone,
        ProtocolRange protocol,
        long stateVersion) {
      this(id, generation, incarnation, address, zone, protocol, stateVersion, null, null);
    }

    /** The same member in another incarnation. */
    public Alive in(int newIncarnation, @Nullable Signature newSignature) {
      return new Alive(
          id,
          generation,
          newIncarnation,
          address,
          zone,
          protocol,
          stateVersion,
          newSignature == null ? null : owner,
          newSignature);
    }

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
   *
   * @param signature its own, of the {@link Statement#record} with that incarnation
   */
  record Refuted(long handle, int incarnation, @Nullable Signature signature) implements Update {

    /** One that is not signed. */
    public Refuted(long handle, int incarnation) {
      this(handle, incarnation, null);
    }
  }

  /**
   * A member left.
   *
   * @param signature its own, of this {@link Statement#left}
   */
  record Left(long handle, int incarnation, @Nullable Signature signature) implements Update {

    /** One that is not signed. */
    public Left(long handle, int incarnation) {
      this(handle, incarnation, null);
    }
  }

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
   * @param signature the owner's, of the {@link Statement#state} that is complete with this run
   * @param hops how many members it has come through, counting the one that sends it, 1 to 255; 0
   *     if that is not told
   */
  record State(
      long handle,
      long from,
      long to,
      long target,
      long purged,
      List<Entry> entries,
      @Nullable Signature signature,
      int hops)
      implements Update {

    /** One that is not signed, and does not say how it has come. */
    public State(long handle, long from, long to, long target, long purged, List<Entry> entries) {
      this(handle, from, to, target, purged, entries, null);
    }

    /** One that does not say how it has come. */
    public State(
        long handle,
        long from,
        long to,
        long target,
        long purged,
        List<Entry> entries,
        @Nullable Signature signature) {
      this(handle, from, to, target, purged, entries, signature, 0);
    }

    /** The same, having come through so many members; those above 255 are told as 255. */
    public State after(int newHops) {
      return new State(
          handle, from, to, target, purged, entries, signature, Math.min(newHops, MAX_HOPS));
    }

    /** The most hops that are told. */
    public static final int MAX_HOPS = 255;
  }

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
   * @param signature the accuser's, of this {@link Statement#charge}
   */
  record Charge(long accuser, Evidence evidence, @Nullable Signature signature) {

    /** One that is not signed. */
    public Charge(long accuser, Evidence evidence) {
      this(accuser, evidence, null);
    }
  }
}

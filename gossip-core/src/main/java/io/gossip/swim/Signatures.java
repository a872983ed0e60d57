package io.gossip.swim;

import io.gossip.membership.Evidence;
import io.gossip.membership.MemberStatus;
import io.gossip.wire.Header;
import io.gossip.wire.OwnerKey;
import io.gossip.wire.Signature;
import io.gossip.wire.Statement;
import io.gossip.wire.Update;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose word an update is. Without a {@link Signer} everybody's word is taken, and what others have
 * signed is passed on as it came.
 */
final class Signatures {

  private final long cluster;
  private final @Nullable Signer signer;
  private final Patience patience;

  Signatures(SwimConfig config, @Nullable Signer signer, Patience patience) {
    this.patience = patience;
    this.cluster = Header.clusterHash(config.cluster());
    this.signer = signer;
  }

  /** Whether nothing is believed of a member that it, or enough others, have not signed. */
  boolean areRequired() {
    return signer != null && signer.isRequired();
  }

  /** Whether anything is checked at all. */
  boolean check() {
    return signer != null;
  }

  // This node's own

  /** Signs this node's record as it is now. */
  void sign(Peer self) {
    if (signer != null) {
      byte[] record = Statement.record(cluster, self.alive(), signer.key());
      self.credential = new Credential(signer.key(), signer.sign(record));
    }
  }

  /** Signs that this node has left. */
  void signLeft(Peer self) {
    Credential known = self.credential;
    if (signer != null && known != null) {
      byte[] left = Statement.left(cluster, self.handle, self.incarnation());
      self.credential = new Credential(known.owner(), known.record(), signer.sign(left));
    }
  }

  /** This node's state under its present handle, with its signature. */
  VersionedState sign(long handle, VersionedState state) {
    StateCopy copy = state.copy();
    if (signer == null || copy.version() == 0) {
      return state;
    }
    byte[] content = Statement.state(cluster, handle, copy.version(), copy.entries());
    return new VersionedState(copy.signed(signer.sign(content)));
  }

  /** This node's own finding about a member. */
  Update.Charge charge(long handle, int incarnation, long self, Evidence evidence) {
    if (signer == null) {
      return new Update.Charge(self, evidence);
    }
    byte[] charge = Statement.charge(cluster, handle, incarnation, self, evidence);
    return new Update.Charge(self, evidence, signer.sign(charge));
  }

  // Others'

  /**
   * Whether a record is the word of whoever has its key, and may be. A life has one key; the name
   * of a member that has not left, and of any whose key lasts, is for that key alone.
   *
   * @param bearer who bears the name so far
   */
  boolean admits(Update.Alive update, @Nullable Peer bearer) {
    if (signer == null) {
      return true;
    }
    OwnerKey owner = update.owner();
    Signature signature = update.signature();
    if (!mayBear(update, bearer)) {
      return false;
    }
    if (owner == null || signature == null) {
      return !signer.isRequired();
    }
    return verify(signer, owner, Statement.record(cluster, update, owner), signature);
  }

  /** Whether the name is free for the key of this record, whoever has signed it. */
  static boolean mayBear(Update.Alive update, @Nullable Peer bearer) {
    Credential pinned = bearer == null ? null : bearer.credential;
    if (bearer == null || pinned == null) {
      return true;
    }
    OwnerKey owner = update.owner();
    boolean reserved =
        bearer.status() != MemberStatus.LEFT // who is held dead may live
            || pinned.owner().isLasting()
            || bearer.member.generation() == update.generation();
    if (!reserved) {
      return true;
    }
    return owner != null && Arrays.equals(owner.bytes(), pinned.owner().bytes());
  }

  /** Whether the member itself has raised its incarnation to this. */
  boolean admits(Peer peer, Update.Refuted update) {
    return isSigned(
        peer,
        update.signature(),
        owner ->
            Statement.record(
                cluster, peer.alive().in(update.incarnation(), update.signature()), owner));
  }

  /** Whether the member itself says that it has left. */
  boolean admits(Peer peer, Update.Left update) {
    return isSigned(
        peer,
        update.signature(),
        owner -> Statement.left(cluster, update.handle(), update.incarnation()));
  }

  /** Whether the member itself has made this its state. */
  boolean admits(Peer peer, StateCopy copy) {
    return isSigned(
        peer,
        copy.signature(),
        owner -> Statement.state(cluster, peer.handle, copy.version(), copy.entries()));
  }

  /** Whether the accuser itself has found this of a member. */
  boolean admits(Peer accuser, long handle, int incarnation, Update.Charge charge) {
    return isSigned(
        accuser,
        charge.signature(),
        owner -> Statement.charge(cluster, handle, incarnation, accuser.handle, charge.evidence()));
  }

  private boolean isSigned(
      Peer by, @Nullable Signature signature, Function<OwnerKey, byte[]> statement) {
    Credential pinned = by.credential;
    if (pinned == null) {
      return !areRequired();
    }
    OwnerKey owner = pinned.owner();
    if (signature == null) {
      return false;
    }
    return signer == null || verify(signer, owner, statement.apply(owner), signature);
  }

  private boolean verify(Signer by, OwnerKey owner, byte[] statement, Signature signature) {
    boolean genuine = by.isSignedBy(owner, statement, signature);
    if (!genuine) {
      patience.failed();
    }
    return genuine;
  }
}

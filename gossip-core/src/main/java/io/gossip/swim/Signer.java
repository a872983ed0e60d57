package io.gossip.swim;

import io.gossip.wire.OwnerKey;
import io.gossip.wire.Signature;

/**
 * Signs what a member says of itself and of others, and checks what others have signed. With one,
 * only a member itself can bring it back, move it, change its state, or say that it has left.
 * Implementations need not be safe for several threads, and must not block.
 */
public interface Signer {

  /** What this member's signatures are checked with. */
  OwnerKey key();

  /** This member's signature of a statement; the same for the same bytes. */
  Signature sign(byte[] statement);

  /** Whether the holder of that key has signed the statement. Never throws. */
  boolean isSignedBy(OwnerKey key, byte[] statement, Signature signature);

  /**
   * Whether members that do not sign are refused. If they are not, those that sign are held to it
   * all the same.
   */
  boolean isRequired();
}

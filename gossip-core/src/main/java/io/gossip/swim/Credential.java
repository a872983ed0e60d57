package io.gossip.swim;

import io.gossip.wire.OwnerKey;
import io.gossip.wire.Signature;
import org.jspecify.annotations.Nullable;

/**
 * A member's key, and what it has signed with it: kept so that its word can be passed on with
 * proof.
 *
 * @param owner the key, the same for as long as this life lasts
 * @param record its signature of its record in the incarnation that is known
 * @param left its signature of having left; {@code null} unless it has
 */
record Credential(OwnerKey owner, Signature record, @Nullable Signature left) {

  Credential(OwnerKey owner, Signature record) {
    this(owner, record, null);
  }
}

package io.gossip.netty;

import io.gossip.crypto.Signatory;
import io.gossip.swim.Signer;
import io.gossip.wire.OwnerKey;
import io.gossip.wire.Signature;

/** Signs for the state machine of one node, on its loop. */
final class NodeSigner implements Signer {

  private final OwnerKey key;
  private final Signatory signatory;
  private final boolean required;

  NodeSigner(Signing signing) {
    this.key = new OwnerKey(signing.key().publicKey(), signing.lasting());
    this.signatory = new Signatory(signing.key());
    this.required = signing.verifyIncoming();
  }

  @Override
  public OwnerKey key() {
    return key;
  }

  @Override
  public Signature sign(byte[] statement) {
    return new Signature(signatory.sign(statement));
  }

  @Override
  public boolean isSignedBy(OwnerKey owner, byte[] statement, Signature signature) {
    return signatory.verify(owner.bytes(), statement, signature.bytes());
  }

  @Override
  public boolean isRequired() {
    return required;
  }
}

package io.gossip.wire;

/**
 * What every packet says first.
 *
 * @param version the wire version the packet is written in, 1 to 255
 * @param flags see the constants
 * @param cluster hash of the cluster's name
 * @param sender handle of the sending member; 0 before it has joined anything
 * @param incarnation of the sender; unsigned
 * @param viewHash the sender's root hash over its active members
 */
public record Header(
    int version, int flags, long cluster, long sender, int incarnation, long viewHash) {

  /** Flag: the sender would like the receiver's rumors in return, if the view hashes differ. */
  public static final int PULL = 1;

  /** Whether the sender asks for rumors in return. */
  public boolean pulls() {
    return (flags & PULL) != 0;
  }
}

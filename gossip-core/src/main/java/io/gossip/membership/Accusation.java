package io.gossip.membership;

/**
 * One accuser's word against a member.
 *
 * @param accuser who found it silent; the hexadecimal handle where the name is not known here
 * @param evidence what the accuser found
 */
public record Accusation(String accuser, Evidence evidence) {

  @Override
  public String toString() {
    return accuser + ": " + evidence.sentence();
  }
}

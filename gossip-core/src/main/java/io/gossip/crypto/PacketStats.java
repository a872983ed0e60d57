package io.gossip.crypto;

import java.util.Map;

/**
 * What a {@link PacketCipher} has done since it was made, and how full its tables are.
 *
 * @param sealed packets sealed, HELLOs and packets sent again included
 * @param delivered packets that were genuine, for this life, and new
 * @param rejected packets dropped, by reason, with every reason in it
 * @param hellosSent answers to packets that were not for this life
 * @param hellosHeard answers to packets of this member
 * @param resent packets sent again for such an answer
 * @param ownSessions sessions this member has had; more than a few are a reason to ask why
 * @param senders sessions that are remembered now
 * @param sendersEvicted sessions forgotten for want of room; not 0 if there have been more members
 *     than {@link PacketLimits#senders()} allows for
 * @param greeted sessions that only asked and are remembered now
 * @param greetedEvicted such sessions forgotten for want of room
 * @param addresses addresses whose session is remembered now
 * @param addressesEvicted addresses forgotten for want of room
 * @param keptEvicted packets that could not be sent again for want of room
 */
public record PacketStats(
    long sealed,
    long delivered,
    Map<Rejection, Long> rejected,
    long hellosSent,
    long hellosHeard,
    long resent,
    long ownSessions,
    int senders,
    long sendersEvicted,
    int greeted,
    long greetedEvicted,
    int addresses,
    long addressesEvicted,
    long keptEvicted) {

  /** Packets dropped for that reason. */
  public long rejected(Rejection reason) {
    return rejected.getOrDefault(reason, 0L);
  }
}

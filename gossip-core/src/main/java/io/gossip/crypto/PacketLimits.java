package io.gossip.crypto;

/**
 * How much a {@link PacketCipher} does and remembers.
 *
 * @param sessionPackets after how many packets a session is replaced by a new one; more than 2^32 -
 *     1 do not fit the counter
 * @param senders of how many sessions it is remembered what came from them; one per member and some
 *     for those that were restarted
 * @param greeted of how many sessions it is remembered that they asked who is here
 * @param addresses of how many addresses it is remembered which session is behind them
 * @param kept to how many addresses the last packet is kept in case it must be sent again
 * @param ciphers how many senders have a cipher of their own
 */
public record PacketLimits(
    long sessionPackets, int senders, int greeted, int addresses, int kept, int ciphers) {

  /**
   * 2^28 packets are what AES-GCM may seal under one key if none is longer than 2,048 bytes (RFC
   * 9001, appendix B.1.1), and are 155 days at 20 a second. A sender takes some 370 bytes, so a
   * full table of them 12 MB.
   */
  public static final PacketLimits DEFAULT =
      new PacketLimits(1L << 28, 32_768, 256, 32_768, 256, 128);

  /** Checks them. */
  public PacketLimits {
    if (sessionPackets < 1 || sessionPackets > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          "sessionPackets must be from 1 to 2^32 - 1, but was " + sessionPackets);
    }
    positive("senders", senders);
    positive("greeted", greeted);
    positive("addresses", addresses);
    positive("kept", kept);
    positive("ciphers", ciphers);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, but was " + value);
    }
  }
}

package io.gossip;

import io.gossip.crypto.FrameCipher;
import io.gossip.crypto.PacketCipher;
import io.gossip.netty.Protection;
import io.gossip.netty.RunSettings;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimConfigBuilder;
import io.gossip.wire.Limits;
import io.gossip.wire.PacketWriter;
import java.util.Map;

/** What a builder's settings come to, for each part of the node. */
final class NodeSettings {

  /** A record of TLS 1.3 takes a header, the type of its content, and a tag (RFC 8446, 5.2). */
  private static final int TLS_OVERHEAD = 5 + 1 + 16;

  private NodeSettings() {}

  static Protection protection(GossipNodeBuilder builder) {
    return new Protection(
        builder.allowedNetworks, builder.encryption, builder.tls, builder.signing, builder.filter);
  }

  static SwimConfig swim(GossipNodeBuilder builder) {
    SwimConfigBuilder swim = builder.swim.toBuilder();
    if (builder.cluster != null) {
      swim.cluster(builder.cluster);
    }
    // The state machine need not know what for.
    boolean seals = builder.encryption != null;
    swim.datagramOverhead(seals ? PacketCipher.OVERHEAD : 0);
    swim.frameOverhead(
        Integer.BYTES
            + (seals ? FrameCipher.OVERHEAD : 0)
            + (builder.tls != null ? TLS_OVERHEAD : 0));
    SwimConfig config = swim.build();
    // The largest entry of a member's state, and its signature, must fit.
    int leastSigned =
        Limits.MIN_DATAGRAM_BYTES + config.datagramOverhead() + PacketWriter.SIGNATURE_OVERHEAD;
    if (builder.signing != null && config.maxPacketSize() < leastSigned) {
      throw new IllegalArgumentException(
          "signed records need maxPacketSize "
              + leastSigned
              + " at least, but it was "
              + config.maxPacketSize());
    }
    return config;
  }

  /** For each run: the number of its generation is not known yet. */
  static RunSettings run(GossipNodeBuilder builder, SwimConfig swim, Map<String, String> state) {
    return new RunSettings(
        builder.id != null ? builder.id : GossipNodeBuilder.randomId(),
        0,
        builder.zone,
        state,
        swim,
        builder.seeds,
        builder.bindHost,
        builder.bindPort,
        builder.portAttempts,
        builder.address,
        builder.transport);
  }
}

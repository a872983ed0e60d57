package io.gossip.sim;

import io.gossip.crypto.PacketCipher;
import io.gossip.swim.GossipMode;
import io.gossip.swim.SwimConfigBuilder;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A kind of cluster that a swarm tries: which numbers its processes go by. */
enum Variant {
  /** As shipped. */
  LAN {
    @Override
    SwimConfigBuilder change(SwimConfigBuilder numbers) {
      return numbers;
    }
  },
  /** In three zones. */
  ZONES {
    @Override
    SwimConfigBuilder change(SwimConfigBuilder numbers) {
      return numbers;
    }

    @Override
    String zone(int slot) {
      return "z" + slot % 3;
    }
  },
  /** Departed members are soon forgotten, so that tombstones have to do. */
  FORGETFUL {
    @Override
    SwimConfigBuilder change(SwimConfigBuilder numbers) {
      return numbers.departedRetention(Duration.ofSeconds(12));
    }
  },
  /** The ends of members and of entries are soon forgotten, too. */
  AMNESIC {
    @Override
    SwimConfigBuilder change(SwimConfigBuilder numbers) {
      return numbers
          .departedRetention(Duration.ofSeconds(12))
          .tombstoneRetention(Duration.ofSeconds(20));
    }
  },
  /** Datagrams of the smallest size, and few of them. */
  NARROW {
    @Override
    SwimConfigBuilder change(SwimConfigBuilder numbers) {
      return numbers.maxPacketSize(1_280).bandwidth(8_192);
    }
  },
  /** Nobody is pinged or watched over TCP, and two relays are asked. */
  UDP_ONLY {
    @Override
    SwimConfigBuilder change(SwimConfigBuilder numbers) {
      return numbers.streamPing(false).watchLinks(0).relays(2);
    }
  },
  /** News is pushed only. */
  PUSH {
    @Override
    SwimConfigBuilder change(SwimConfigBuilder numbers) {
      return numbers.mode(GossipMode.PUSH).fanout(2);
    }
  },
  /** Datagrams are sealed. */
  SEALED {
    @Override
    SwimConfigBuilder change(SwimConfigBuilder numbers) {
      return numbers.datagramOverhead(PacketCipher.OVERHEAD);
    }
  };

  /** The numbers, from those of the LAN profile. */
  abstract SwimConfigBuilder change(SwimConfigBuilder numbers);

  /** The zone of the process in a slot. */
  String zone(int slot) {
    return "";
  }

  /** Any but sealed ones, which cost more than the others. */
  @SuppressWarnings("EnumOrdinal") // the last
  static Variant draw(RandomGenerator random) {
    return values()[random.nextInt(SEALED.ordinal())];
  }
}

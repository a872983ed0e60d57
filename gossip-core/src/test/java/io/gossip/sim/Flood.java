package io.gossip.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** Garbage from somebody who is no member: any bytes, or what was overheard with bytes changed. */
final class Flood {
  private static final int LONGEST = 1_400;

  private final Surroundings world;
  private final RandomGenerator random;
  private final Machine target;
  private final long pause;
  private final InetSocketAddress stranger;
  private boolean ended;

  Flood(Surroundings world, RandomGenerator random, Machine target, int perSecond) {
    if (perSecond < 1) {
      throw new IllegalArgumentException("a flood has at least 1 per second, not " + perSecond);
    }
    this.world = world;
    this.random = random;
    this.target = target;
    pause = 1_000_000_000L / perSecond;
    stranger = address();
  }

  void begin() {
    if (!ended) {
      Network.arrive(stranger, target, garbage());
      world.queue().after(pause, this::begin);
    }
  }

  void end() {
    ended = true;
  }

  private ByteBuffer garbage() {
    ByteBuffer overheard = target.sockets == null ? null : target.sockets.lastDatagram();
    byte[] bytes = overheard == null || random.nextBoolean() ? noise() : changed(overheard);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  private byte[] noise() {
    byte[] bytes = new byte[1 + random.nextInt(LONGEST)];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] changed(ByteBuffer overheard) {
    byte[] bytes = new byte[overheard.remaining()];
    overheard.duplicate().get(bytes);
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static InetSocketAddress address() {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 666);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}

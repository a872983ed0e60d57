package io.gossip.bench.siege;

import io.gossip.GossipNode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A hand on a running node's socket: what comes in is recorded, or lost. */
final class Tap extends ChannelInboundHandlerAdapter {

  private final double loss;
  private final int most;
  private final List<byte[]> recorded = new ArrayList<>();

  private Tap(double loss, int most) {
    this.loss = loss;
    this.most = most;
  }

  /** Remembers up to so many of the datagrams that come in from now on. */
  static Tap recording(GossipNode node, int most) {
    Tap tap = new Tap(0, most);
    datagrams(node).pipeline().addFirst(tap);
    return tap;
  }

  /** Loses that share of the datagrams that come in from now on. */
  static void losing(GossipNode node, double share) {
    datagrams(node).pipeline().addFirst(new Tap(share, 0));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (loss > 0 && ThreadLocalRandom.current().nextDouble() < loss) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof DatagramPacket packet) {
      synchronized (recorded) {
        if (recorded.size() < most) {
          byte[] bytes = new byte[packet.content().readableBytes()];
          packet.content().getBytes(packet.content().readerIndex(), bytes);
          recorded.add(bytes);
        }
      }
    }
    ctx.fireChannelRead(message);
  }

  List<byte[]> recorded() {
    synchronized (recorded) {
      return List.copyOf(recorded);
    }
  }

  /** The node shows its sockets to nobody, and for good reasons. */
  private static Channel datagrams(GossipNode node) {
    try {
      Object sockets = field(field(node, "shell"), "sockets");
      Method accessor = sockets.getClass().getDeclaredMethod("datagrams");
      accessor.setAccessible(true);
      return (Channel) accessor.invoke(sockets);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a node's sockets are not where they were", e);
    }
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}

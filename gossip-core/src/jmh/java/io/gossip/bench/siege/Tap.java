package io.gossip.bench.siege;

import io.gossip.GossipNode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A hand on a running node's socket: what comes in is recorded, or lost. */
final class Tap extends ChannelInboundHandlerAdapter {

  private final double loss;
  private final Recording.@Nullable Writer recorder;

  private Tap(double loss, Recording.@Nullable Writer recorder) {
    this.loss = loss;
    this.recorder = recorder;
  }

  /** Writes down the datagrams that come in from now on. */
  static void recording(GossipNode node, Recording.Writer recorder) {
    datagrams(node).pipeline().addFirst(new Tap(0, recorder));
  }

  /** Loses that share of the datagrams that come in from now on. */
  static void losing(GossipNode node, double share) {
    datagrams(node).pipeline().addFirst(new Tap(share, null));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
    if (loss > 0 && ThreadLocalRandom.current().nextDouble() < loss) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof DatagramPacket packet && recorder != null) {
      byte[] bytes = new byte[packet.content().readableBytes()];
      packet.content().getBytes(packet.content().readerIndex(), bytes);
      recorder.write(bytes);
    }
    ctx.fireChannelRead(message);
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

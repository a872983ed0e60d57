package io.gossip.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the streams that the listening socket hands over. */
final class Acceptor extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(Acceptor.class);

  private final Streams streams;
  private final ShellStats stats;

  Acceptor(Streams streams, ShellStats stats) {
    this.streams = streams;
    this.stats = stats;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object stream) {
    streams.accept((Channel) stream);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Out of file descriptors, most likely: trying again at once would spin.
    stats.add(ShellStats.Counter.ACCEPTS_FAILED);
    log.warn("Cannot accept streams; trying again in a second", cause);
    ctx.channel().config().setAutoRead(false);
    ctx.executor().schedule(() -> ctx.channel().config().setAutoRead(true), 1, TimeUnit.SECONDS);
  }
}

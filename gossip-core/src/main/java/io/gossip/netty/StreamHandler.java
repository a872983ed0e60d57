package io.gossip.netty;

import io.gossip.membership.NodeId;
import io.gossip.swim.StreamEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream: frames in, frames out, and the clock that ends it when they stay away. */
final class StreamHandler extends SimpleChannelInboundHandler<ByteBuf> {

  private static final Logger log = LoggerFactory.getLogger(StreamHandler.class);

  private final Streams streams;
  private final long id;
  private final @Nullable InetSocketAddress from; // null if this node opened it
  private final StreamLimits limits;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ScheduledFuture<?> alarm;
  private @Nullable ChannelFuture lastWrite;
  private StreamEnd end = StreamEnd.CLOSED;
  private long lastFrame;
  private long secondBegan;
  private int framesInSecond;
  private boolean heard;
  private boolean choked;
  private long chokedSince;
  private boolean kept;
  private boolean closing;

  StreamHandler(Streams streams, long id, @Nullable InetSocketAddress from, StreamLimits limits) {
    this.streams = streams;
    this.id = id;
    this.from = from;
    this.limits = limits;
  }

  long id() {
    return id;
  }

  /** Where it comes from; {@code null} if this node opened it. */
  @Nullable InetSocketAddress from() {
    return from;
  }

  /** Where it leads; {@code null} if it does not yet. */
  @Nullable InetSocketAddress otherEnd() {
    ChannelHandlerContext ctx = context;
    return ctx != null && ctx.channel().remoteAddress() instanceof InetSocketAddress remote
        ? Addresses.plain(remote)
        : null;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    lastFrame = System.nanoTime();
    secondBegan = lastFrame;
    arm(ctx);
    if (from == null && ctx.channel().localAddress().equals(ctx.channel().remoteAddress())) {
      // A port that nobody listens on can be picked as our own end: TCP then connects us to us.
      streams.failed(this, StreamEnd.REFUSED);
      ctx.close();
      return;
    }
    streams.opened(this);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
    if (closing || !ctx.channel().isOpen()) {
      return;
    }
    lastFrame = System.nanoTime();
    heard = true;
    if (isTooFast(lastFrame)) {
      streams.tooFast(ctx.channel().remoteAddress());
      ctx.close();
      return;
    }
    streams.received(this, frame.nioBuffer());
  }

  /** All streams share one loop, and each frame costs it time. */
  private boolean isTooFast(long now) {
    if (now - secondBegan > TimeUnit.SECONDS.toNanos(1)) {
      secondBegan = now;
      framesInSecond = 0;
    }
    return ++framesInSecond > StreamLimits.FRAMES_PER_SECOND;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!ctx.channel().isWritable()) {
      // Who does not read our answers may not ask on.
      choked = true;
      chokedSince = System.nanoTime();
      ctx.channel().config().setAutoRead(false);
      arm(ctx);
    } else {
      choked = closing;
      // Not at once: we may be inside a write of the state machine, which must not be called back.
      ctx.executor().execute(() -> ctx.channel().config().setAutoRead(ctx.channel().isWritable()));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    end = StreamEnd.FAILED;
    if (cause instanceof TooLongFrameException) {
      streams.count(ShellStats.Counter.FRAMES_TOO_LONG);
    }
    log.debug("Stream {} broke: {}", id, cause.toString());
    ctx.close();
  }

  boolean isPermitted(StreamTls tls, NodeId name) {
    ChannelHandlerContext ctx = context;
    return ctx != null && tls.permits(ctx.channel(), name);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (alarm != null) {
      alarm.cancel(false);
    }
    streams.ended(this, end);
  }

  /** Sends a frame. */
  void write(ByteBuffer frame) {
    ChannelHandlerContext ctx = context;
    if (ctx == null || closing) {
      return;
    }
    lastFrame = System.nanoTime();
    ByteBuf out = ctx.alloc().ioBuffer(frame.remaining()).writeBytes(frame.duplicate());
    lastWrite = ctx.writeAndFlush(out);
  }

  /** Silence does not end it from now on. */
  void keep() {
    kept = true;
  }

  /** Closes once what was written has been sent. */
  void finish() {
    ChannelHandlerContext ctx = context;
    if (ctx == null || closing) {
      return;
    }
    if (!ctx.channel().isActive()) {
      ctx.close();
      return;
    }
    closing = true;
    choked = true; // from here on the other end has so long to take what is left
    chokedSince = System.nanoTime();
    arm(ctx);
    if (lastWrite == null) {
      ctx.close();
    } else {
      lastWrite.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Closes now. */
  void abort() {
    if (context != null) {
      context.close();
    }
  }

  /** When the stream has been silent or choked for too long, unless something happens. */
  private long deadline() {
    long slow = chokedSince + limits.slow().toNanos();
    if (kept) {
      return slow;
    }
    long silence = from != null && !heard ? limits.firstFrame().toNanos() : limits.idle().toNanos();
    long silent = lastFrame + silence;
    return choked && slow - silent < 0 ? slow : silent;
  }

  private void arm(ChannelHandlerContext ctx) {
    if (alarm != null) {
      alarm.cancel(false);
    }
    long delay = Math.max(0, deadline() - System.nanoTime());
    alarm = ctx.executor().schedule(() -> ring(ctx), delay, TimeUnit.NANOSECONDS);
  }

  private void ring(ChannelHandlerContext ctx) {
    if (kept && !choked) {
      return; // armed again when it chokes
    }
    if (deadline() - System.nanoTime() > 0) {
      arm(ctx);
      return;
    }
    end = StreamEnd.FAILED;
    streams.count(choked ? ShellStats.Counter.STREAMS_SLOW : ShellStats.Counter.STREAMS_SILENT);
    ctx.close();
  }
}

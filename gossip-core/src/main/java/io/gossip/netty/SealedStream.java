package io.gossip.netty;

import io.gossip.crypto.FrameCipher;
import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.StreamFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sealed side of one stream: a handshake, then frames opened on their way in and sealed on
 * their way out. The stream begins for those behind it when the other end has shown that it holds a
 * key, and for a plain one, where these are taken, with its first frame.
 */
final class SealedStream extends ChannelDuplexHandler {

  private final Protection protection;
  private final boolean initiator;
  private final long handshakeNanos;
  private final FrameCipher cipher;
  private @Nullable ScheduledFuture<?> alarm;
  private @Nullable InetAddress other;
  private boolean begun;
  private boolean refused;
  private boolean givenUp;
  private boolean broken;

  /**
   * One end of a new stream.
   *
   * @param handshakeNanos longest time until the other end has shown a key
   */
  SealedStream(Protection protection, FrameCipher cipher, boolean initiator, long handshakeNanos) {
    this.protection = protection;
    this.cipher = cipher;
    this.initiator = initiator;
    this.handshakeNanos = handshakeNanos;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    other = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
    if (ctx.channel().localAddress().equals(ctx.channel().remoteAddress())) {
      begin(ctx); // a stream to itself, which is closed next
      return;
    }
    alarm = ctx.executor().schedule(() -> refuse(ctx), handshakeNanos, TimeUnit.NANOSECONDS);
    if (initiator) {
      ctx.writeAndFlush(Unpooled.wrappedBuffer(cipher.start()))
          .addListener(sent -> broken |= !sent.isSuccess()); // a reset is noticed here as well
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    ByteBuf bytes = (ByteBuf) frame;
    if (refused || givenUp) { // what came in one go with the frame it was closed for
      bytes.release();
    } else if (begun) {
      open(ctx, bytes);
    } else if (FrameCipher.isHandshake(bytes.nioBuffer())) {
      greet(ctx, bytes);
    } else {
      takePlain(ctx, bytes);
    }
  }

  private void greet(ChannelHandlerContext ctx, ByteBuf bytes) {
    ByteBuffer answer = cipher.handshake(bytes.nioBuffer());
    int keyId = bytes.readableBytes() >= 8 ? bytes.getInt(bytes.readerIndex() + 4) : 0;
    bytes.release();
    if (answer == null) {
      refuse(ctx, handshakeFailure(), "key " + Key.idText(keyId));
      return;
    }
    if (answer.hasRemaining()) {
      ctx.writeAndFlush(Unpooled.wrappedBuffer(answer));
    }
    begin(ctx);
  }

  private Refusals.Reason handshakeFailure() {
    StreamFailure failure = cipher.failure();
    if (failure == StreamFailure.KEY) {
      return Refusals.Reason.UNKNOWN_KEY;
    }
    return failure == StreamFailure.TAG ? Refusals.Reason.FORGED : Refusals.Reason.MALFORMED;
  }

  private void takePlain(ChannelHandlerContext ctx, ByteBuf bytes) {
    if (initiator || protection.refusesPlain()) {
      bytes.release();
      refuse(ctx, Refusals.Reason.PLAIN, "");
      return;
    }
    ctx.pipeline().remove(this); // first: what comes of the frame is plain as well
    begin(ctx);
    ctx.fireChannelRead(bytes);
  }

  private void begin(ChannelHandlerContext ctx) {
    begun = true;
    if (alarm != null) {
      alarm.cancel(false);
    }
    ctx.fireChannelActive();
  }

  private void open(ChannelHandlerContext ctx, ByteBuf bytes) {
    boolean retired = isRetired();
    ByteBuffer plain = retired ? null : cipher.open(bytes.nioBuffer());
    bytes.release();
    if (plain == null) {
      refuse(
          ctx,
          retired ? Refusals.Reason.UNKNOWN_KEY : Refusals.Reason.FORGED,
          "key " + Key.idText(cipher.keyId()));
      return;
    }
    // A copy, as frames may wait for the one before to be answered.
    ctx.fireChannelRead(ctx.alloc().heapBuffer(plain.remaining()).writeBytes(plain));
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object frame, ChannelPromise promise) {
    ByteBuf bytes = (ByteBuf) frame;
    ByteBuffer sealed = isRetired() ? null : cipher.seal(bytes.nioBuffer());
    ReferenceCountUtil.release(bytes);
    if (sealed == null) {
      promise.setFailure(new IOException("the stream's key is used up, or has been removed"));
      ctx.close();
      return;
    }
    ctx.write(ctx.alloc().ioBuffer(sealed.remaining()).writeBytes(sealed), promise);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    givenUp = true;
    ctx.close(promise);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    broken = true;
    ctx.fireExceptionCaught(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (alarm != null) {
      alarm.cancel(false);
    }
    if (isDeclined(ctx)) {
      note(Refusals.Reason.HANDSHAKE, "key " + Key.idText(cipher.keyId()));
    }
    cipher.close();
    ctx.fireChannelInactive();
  }

  /**
   * Whether the other end has closed the stream as it does when it has heard of a key that it does
   * not hold: in good order, and after TLS, where there is any. One that has no room, or breaks
   * down, or is too busy for TLS, says nothing of keys.
   */
  private boolean isDeclined(ChannelHandlerContext ctx) {
    if (!initiator || begun || givenUp || refused || broken) {
      return false;
    }
    TlsVerifier tls = ctx.pipeline().get(TlsVerifier.class);
    return tls == null || tls.isSecured();
  }

  /** A key that has been removed opens and seals nothing any more. */
  private boolean isRetired() {
    Keyring ring = protection.keyring();
    return ring == null || ring.find(cipher.keyId()) == null;
  }

  /** Its time is over. */
  private void refuse(ChannelHandlerContext ctx) {
    if (initiator) {
      givenUp = true;
      ctx.close();
    } else {
      refuse(ctx, Refusals.Reason.MALFORMED, "no handshake");
    }
  }

  private void refuse(ChannelHandlerContext ctx, Refusals.Reason reason, String detail) {
    refused = true;
    note(reason, detail);
    ctx.close();
  }

  private void note(Refusals.Reason reason, String detail) {
    if (other != null) {
      protection.refusals().add(other, reason, detail);
    }
  }
}

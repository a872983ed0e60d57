package io.gossip.netty;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Sees whether a stream's TLS came about, and whether the other end's certificate is a member's.
 */
final class TlsVerifier extends ChannelDuplexHandler {

  private static final int MAX_DETAIL = 200;

  private final Protection protection;
  private final Tls tls;
  private final boolean initiator;
  private boolean refused;
  private boolean secured;
  private boolean givenUp;
  private boolean failed;

  TlsVerifier(Protection protection, Tls tls, boolean initiator) {
    this.protection = protection;
    this.initiator = initiator;
    this.tls = tls;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done) {
      if (!done.isSuccess()) {
        failed(ctx, done.cause());
        return;
      }
      secured = true;
      String problem = problem(ctx);
      if (!problem.isEmpty()) {
        refuse(ctx, problem);
      }
    }
  }

  /** Whether TLS came about, and nothing has been said against it since. */
  boolean isSecured() {
    return secured && !refused && !failed;
  }

  /** What came in one go with the end of the handshake is not from a member either. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    if (refused) {
      ReferenceCountUtil.release(bytes);
    } else {
      ctx.fireChannelRead(bytes);
    }
  }

  /** In TLS 1.3 a client learns only after its handshake that its certificate was refused. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable inner = cause instanceof DecoderException ? cause.getCause() : cause;
    if (inner instanceof SSLException) {
      failed(ctx, inner);
    } else {
      failed = true; // a reset, as from a node that has no room: nothing to say of certificates
      ctx.fireExceptionCaught(cause);
    }
  }

  /**
   * A stream that is given up before its handshake is over ends without TLS's last word, which the
   * other end could not read and would take for an attack.
   */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    givenUp = true;
    ChannelHandlerContext below = ctx.pipeline().context(SslHandler.class);
    if (secured || refused || below == null) {
      ctx.close(promise);
    } else {
      below.close(promise);
    }
  }

  private void failed(ChannelHandlerContext ctx, Throwable cause) {
    boolean silent = // as a look at the port
        cause instanceof ClosedChannelException && (failed || !initiator);
    failed = true;
    String problem = givenUp || silent ? null : TlsProblem.of(cause);
    if (problem == null) {
      ctx.close();
    } else {
      refuse(ctx, problem);
    }
  }

  private void refuse(ChannelHandlerContext ctx, String problem) {
    if (!refused && ctx.channel().remoteAddress() instanceof InetSocketAddress other) {
      refused = true;
      String plain = problem.replaceAll("\\p{Cntrl}", " "); // a certificate may name anything
      protection
          .refusals()
          .add(
              other.getAddress(),
              Refusals.Reason.TLS,
              plain.substring(0, Math.min(MAX_DETAIL, plain.length())));
    }
    ctx.close();
  }

  private String problem(ChannelHandlerContext ctx) {
    SSLSession session = ctx.pipeline().get(SslHandler.class).engine().getSession();
    try {
      return PeerCertificate.problem((X509Certificate) session.getPeerCertificates()[0], tls);
    } catch (SSLPeerUnverifiedException e) {
      return tls.mutual() ? "it shows no certificate" : ""; // a client that need not
    }
  }
}

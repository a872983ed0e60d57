package io.gossip.netty;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Sees whether a stream's TLS came about, and whether the other end's certificate names it. */
final class TlsVerifier extends ChannelDuplexHandler {

  private static final int DNS_NAME = 2;
  private static final int URI_NAME = 6;
  private static final int MAX_DETAIL = 200;

  private final Protection protection;
  private final List<String> peerNames;
  private boolean refused;
  private boolean secured;

  TlsVerifier(Protection protection, List<String> peerNames) {
    this.protection = protection;
    this.peerNames = peerNames;
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
      ctx.fireExceptionCaught(cause);
    }
  }

  /**
   * A stream that is given up before its handshake is over ends without TLS's last word, which the
   * other end could not read and would take for an attack.
   */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    ChannelHandlerContext tls = ctx.pipeline().context(SslHandler.class);
    if (secured || refused || tls == null) {
      ctx.close(promise);
    } else {
      tls.close(promise);
    }
  }

  private void failed(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof NotSslRecordException) {
      refuse(ctx, "no TLS at all");
    } else if (cause instanceof SSLHandshakeException) {
      refuse(ctx, String.valueOf(cause.getMessage()));
    } else {
      ctx.close();
    }
  }

  private void refuse(ChannelHandlerContext ctx, String problem) {
    if (!refused) {
      refused = true;
      InetAddress other = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
      String plain = problem.replaceAll("\\p{Cntrl}", " "); // a certificate may name anything
      protection
          .refusals()
          .add(
              other, Refusals.Reason.TLS, plain.substring(0, Math.min(MAX_DETAIL, plain.length())));
    }
    ctx.close();
  }

  private String problem(ChannelHandlerContext ctx) {
    if (peerNames.isEmpty()) {
      return "";
    }
    SSLSession session = ctx.pipeline().get(SslHandler.class).engine().getSession();
    try {
      List<String> names = names((X509Certificate) session.getPeerCertificates()[0]);
      return names.stream().anyMatch(this::isPeer) ? "" : "its certificate names " + names;
    } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
      return "its certificate cannot be read";
    }
  }

  private static List<String> names(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    List<String> names = new ArrayList<>();
    if (all != null) {
      for (List<?> each : all) {
        int type = (Integer) each.get(0);
        if (type == DNS_NAME || type == URI_NAME) {
          names.add((String) each.get(1));
        }
      }
    }
    return names;
  }

  private boolean isPeer(String name) {
    return peerNames.stream().anyMatch(pattern -> matches(pattern, name));
  }

  /** Without regard to case; a star stands for one label, and only as the first. */
  static boolean matches(String pattern, String name) {
    String wanted = pattern.toLowerCase(Locale.ROOT);
    String found = name.toLowerCase(Locale.ROOT);
    if (!wanted.startsWith("*.")) {
      return wanted.equals(found);
    }
    int dot = found.indexOf('.');
    return dot > 0 && found.substring(dot).equals(wanted.substring(1));
  }
}

package io.gossip.netty;

import io.gossip.membership.NodeId;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What puts TLS under a stream. Immutable: other certificates are another one of these. */
final class StreamTls {

  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private final Tls tls;
  private final SslContext server;
  private final SslContext client;

  StreamTls(Tls tls) {
    this.tls = tls;
    this.server = context(tls, false);
    this.client = context(tls, true);
  }

  private static SslContext context(Tls tls, boolean isClient) {
    return new JdkSslContext(
        tls.context(),
        isClient,
        null, // the JDK's ciphers
        IdentityCipherSuiteFilter.INSTANCE,
        ApplicationProtocolConfig.DISABLED,
        tls.mutual() ? ClientAuth.REQUIRE : ClientAuth.NONE,
        PROTOCOLS,
        false);
  }

  /** Whether who joins over this stream has shown a certificate that names it. */
  boolean permits(Channel channel, NodeId id) {
    if (!tls.verifyNodeIdentity()) {
      return true;
    }
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    try {
      return handler != null
          && PeerCertificate.bears(
              (X509Certificate) handler.engine().getSession().getPeerCertificates()[0], id);
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }

  /** Puts it first, if this stream is to have it. */
  void addTo(Channel channel, boolean initiator, Protection protection, long handshakeMillis) {
    ChannelPipeline pipeline = channel.pipeline();
    if (initiator ? !tls.verifyOutgoing() : !tls.verifyIncoming()) {
      if (initiator) {
        return;
      }
      pipeline.addFirst(new EitherHandler(server, protection, tls, handshakeMillis));
      return;
    }
    SslHandler handler = (initiator ? client : server).newHandler(channel.alloc());
    handler.setHandshakeTimeoutMillis(handshakeMillis);
    pipeline.addFirst(handler, new TlsVerifier(protection, tls, initiator));
  }

  /** Tells TLS from frames by the first bytes, and takes both while a cluster is moved. */
  private static final class EitherHandler extends OptionalSslHandler {

    private final Protection protection;
    private final Tls tls;
    private final long handshakeMillis;

    EitherHandler(SslContext context, Protection protection, Tls tls, long handshakeMillis) {
      super(context);
      this.protection = protection;
      this.tls = tls;
      this.handshakeMillis = handshakeMillis;
    }

    /** This one is replaced by it next, below the one that sees what becomes of it. */
    @Override
    protected SslHandler newSslHandler(ChannelHandlerContext ctx, SslContext context) {
      ctx.pipeline().addAfter(ctx.name(), null, new TlsVerifier(protection, tls, false));
      SslHandler handler = context.newHandler(ctx.alloc());
      handler.setHandshakeTimeoutMillis(handshakeMillis);
      return handler;
    }
  }
}

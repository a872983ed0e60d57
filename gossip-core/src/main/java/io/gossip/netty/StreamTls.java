package io.gossip.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

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

  /** Puts it first, if this stream is to have it. */
  void addTo(Channel channel, boolean initiator, Protection protection, long handshakeMillis) {
    ChannelPipeline pipeline = channel.pipeline();
    if (initiator ? !tls.verifyOutgoing() : !tls.verifyIncoming()) {
      if (initiator) {
        return;
      }
      pipeline.addFirst(new OptionalSslHandler(server)); // tells the two apart by the first bytes
      return;
    }
    SslHandler handler = (initiator ? client : server).newHandler(channel.alloc());
    handler.setHandshakeTimeoutMillis(handshakeMillis);
    pipeline.addFirst(handler, new TlsVerifier(protection, tls.peerNames()));
  }
}

package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gossip.swim.StreamEnd;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamsTest {

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void refusedConnectionIsToldFromOneThatFails(TransportType transport) throws Exception {
    assumeTrue(transport != TransportType.EPOLL || Epoll.isAvailable());
    int closedPort;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = once.getLocalPort();
    }
    EventLoop loop = Transport.of(transport).newLoop("refused-test");
    try {
      ChannelFuture connecting =
          new Bootstrap()
              .group(loop)
              .channelFactory(Transport.of(transport).streams())
              .handler(new ChannelInboundHandlerAdapter())
              .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), closedPort))
              .awaitUninterruptibly();

      assertThat(Streams.end(connecting.cause())).isEqualTo(StreamEnd.REFUSED);
      assertThat(Streams.end(new IOException("Connection reset"))).isEqualTo(StreamEnd.FAILED);
      assertThat(Streams.end(new ConnectException("connection timed out")))
          .isEqualTo(StreamEnd.FAILED);
      assertThat(Streams.end(null)).isEqualTo(StreamEnd.FAILED);
    } finally {
      loop.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }
  }
}

package io.gossip.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The two sockets a node listens on: TCP and UDP on one port. Bound, and silent until their
 * handlers are in place and they are told to read.
 */
record Sockets(Channel streams, Channel datagrams) {

  /** Ports the kernel is asked for until one is free for both. */
  private static final int ANY_PORT_ATTEMPTS = 16;

  /** Datagrams of that size are taken whatever the own budget is, so that it can be raised. */
  static final int LEAST_DATAGRAM = 8 * 1024;

  /** Room for as many of those as are read in one call, where the kernel can. */
  private static final int ROOM = 64 * 1024;

  private static final int RECEIVE_BUFFER = 4 << 20;
  private static final int SEND_QUEUE = 1 << 20;

  /**
   * Binds.
   *
   * @param host {@code null} for all addresses
   * @param port the first to try; 0 for any
   * @param attempts ports to try from there
   * @param budget bytes of the largest datagram that the node itself sends
   */
  static Sockets bind(
      Transport transport,
      EventLoop loop,
      @Nullable InetAddress host,
      int port,
      int attempts,
      int budget)
      throws ShellStartException {
    Throwable taken = null;
    int tries = port == 0 ? ANY_PORT_ATTEMPTS : Math.min(attempts, 0x10000 - port);
    for (int i = 0; i < tries; i++) {
      int wanted = port == 0 ? 0 : port + i;
      ChannelFuture server = bindStreams(transport, loop, address(host, wanted));
      if (!server.isSuccess()) {
        taken = unlessTaken(server.cause(), "TCP", host, wanted);
        continue;
      }
      int bound = ((InetSocketAddress) server.channel().localAddress()).getPort();
      ChannelFuture datagrams = bindDatagrams(transport, loop, address(host, bound), budget);
      if (datagrams.isSuccess()) {
        return new Sockets(server.channel(), datagrams.channel());
      }
      server.channel().close().awaitUninterruptibly();
      taken = unlessTaken(datagrams.cause(), "UDP", host, bound);
    }
    if (taken == null) {
      throw new IllegalStateException("no port was tried, of " + tries);
    }
    throw ShellStartException.portInUse("every port tried is in use", taken);
  }

  InetSocketAddress bound() {
    return (InetSocketAddress) datagrams.localAddress();
  }

  private static ChannelFuture bindStreams(
      Transport transport, EventLoop loop, InetSocketAddress address) {
    return new Bootstrap()
        .group(loop)
        .channelFactory(transport.servers())
        .option(ChannelOption.SO_REUSEADDR, true) // streams of a former run may linger in TIME_WAIT
        .option(ChannelOption.AUTO_READ, false)
        .handler(new ChannelInboundHandlerAdapter())
        .bind(address)
        .awaitUninterruptibly();
  }

  private static ChannelFuture bindDatagrams(
      Transport transport, EventLoop loop, InetSocketAddress address, int budget) {
    ReceiveBuffer buffer = new ReceiveBuffer(ROOM, DatagramHandler.MAX_PER_READ);
    ChannelFuture binding =
        transport
            .readingMany(new Bootstrap(), Math.max(LEAST_DATAGRAM, budget))
            .group(loop)
            .channelFactory(transport.datagrams())
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER) // the kernel gives what it allows
            .option(ChannelOption.RECVBUF_ALLOCATOR, buffer)
            .option(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(SEND_QUEUE / 2, SEND_QUEUE))
            .option(ChannelOption.AUTO_READ, false)
            .handler(new ChannelInboundHandlerAdapter())
            .bind(address)
            .awaitUninterruptibly();
    binding.channel().closeFuture().addListener(closed -> buffer.close());
    return binding;
  }

  private static InetSocketAddress address(@Nullable InetAddress host, int port) {
    return host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  private static Throwable unlessTaken(
      Throwable cause, String kind, @Nullable InetAddress host, int port)
      throws ShellStartException {
    // NIO and epoll agree on the words, not on the class.
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("in use")) {
      return cause;
    }
    throw ShellStartException.because(
        "cannot listen on "
            + kind
            + " "
            + (host == null ? "*" : host.getHostAddress())
            + ":"
            + port
            + ": "
            + cause.getMessage(),
        cause);
  }
}

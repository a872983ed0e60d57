package io.gossip.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;

/**
 * One way to reach the kernel: a loop and the kinds of sockets that run on it.
 *
 * @param name {@code epoll} or {@code nio}
 */
record Transport(
    String name,
    IoHandlerFactory handlers,
    ChannelFactory<ServerChannel> servers,
    ChannelFactory<Channel> streams,
    ChannelFactory<DatagramChannel> datagrams) {

  static Transport of(TransportType type) throws ShellStartException {
    if (type == TransportType.NIO || (type == TransportType.AUTO && !Epoll.isAvailable())) {
      return new Transport(
          "nio",
          NioIoHandler.newFactory(),
          NioServerSocketChannel::new,
          NioSocketChannel::new,
          NioDatagramChannel::new);
    }
    if (!Epoll.isAvailable()) {
      throw ShellStartException.because(
          "transport EPOLL is not available here: it needs Linux and netty-transport-native-epoll",
          Epoll.unavailabilityCause());
    }
    return new Transport(
        "epoll",
        EpollIoHandler.newFactory(),
        EpollServerSocketChannel::new,
        EpollSocketChannel::new,
        EpollDatagramChannel::new);
  }

  /**
   * Lets datagrams be read several at a time, where that can be: a flood costs a call for each
   * otherwise. What is larger than that is cut short then.
   */
  Bootstrap readingMany(Bootstrap datagrams, int largest) {
    return name.equals("epoll")
        ? datagrams.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, largest)
        : datagrams;
  }

  /** A loop of one daemon thread, which starts with the first task. */
  EventLoop newLoop(String threadName) {
    ThreadFactory threads =
        task -> {
          Thread thread = new FastThreadLocalThread(task, threadName);
          thread.setDaemon(true);
          return thread;
        };
    // Not a group of one: a group's end is announced by Netty's global thread, which then lingers.
    return new SingleThreadIoEventLoop(null, threads, handlers);
  }
}

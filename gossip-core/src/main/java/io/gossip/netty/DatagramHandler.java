package io.gossip.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands datagrams to the driver, and tells it when there are no more for now. */
final class DatagramHandler extends SimpleChannelInboundHandler<DatagramPacket> {

  /** Datagrams taken from the socket before anything else has its turn. */
  static final int MAX_PER_READ = 64;

  private static final Logger log = LoggerFactory.getLogger(DatagramHandler.class);

  private final NodeDriver driver;
  private final ShellStats stats;
  private int read;

  DatagramHandler(NodeDriver driver, ShellStats stats) {
    this.driver = driver;
    this.stats = stats;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
    read++;
    InetSocketAddress from = Addresses.plain(packet.sender());
    if (Addresses.isSource(from)) {
      driver.datagram(from, packet.content().nioBuffer());
    } else {
      stats.add(ShellStats.Counter.DATAGRAMS_REJECTED);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    boolean more = read >= MAX_PER_READ;
    read = 0;
    driver.readComplete(more);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("Reading datagrams goes on after", cause);
  }
}

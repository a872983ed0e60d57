package io.gossip.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes datagrams from the socket, and tells the driver when there are no more for now. */
final class DatagramHandler extends SimpleChannelInboundHandler<DatagramPacket> {

  /** Datagrams taken from the socket before anything else has its turn. */
  static final int MAX_PER_READ = 64;

  private static final Logger log = LoggerFactory.getLogger(DatagramHandler.class);

  private final NodeDriver driver;
  private final Datagrams datagrams;
  private int read;

  DatagramHandler(NodeDriver driver, Datagrams datagrams) {
    this.driver = driver;
    this.datagrams = datagrams;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
    read++;
    datagrams.receive(Addresses.plain(packet.sender()), packet.content().nioBuffer());
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

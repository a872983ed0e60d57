package io.gossip.samples.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that fill the accept queue of a process that does not accept them. */
final class Crowd implements AutoCloseable {

  /** More than any usual net.core.somaxconn. */
  private static final int MOST = 5_000;

  private static final int FULL_MILLIS = 100;

  private final List<SocketChannel> connections = new ArrayList<>();

  /**
   * Connects until the kernel takes no more.
   *
   * @throws IllegalStateException if it takes that many
   */
  Crowd(int port) {
    InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    while (connections.size() < MOST) {
      try {
        SocketChannel connection = SocketChannel.open();
        connections.add(connection);
        connection.socket().connect(to, FULL_MILLIS);
      } catch (SocketTimeoutException e) {
        return;
      } catch (IOException e) {
        close();
        throw new UncheckedIOException(e);
      }
    }
    close();
    throw new IllegalStateException("the accept queue is not full after " + MOST);
  }

  int size() {
    return connections.size();
  }

  @Override
  public void close() {
    for (SocketChannel connection : connections) {
      try {
        connection.close();
      } catch (IOException e) {
        // it has gone already
      }
    }
  }
}

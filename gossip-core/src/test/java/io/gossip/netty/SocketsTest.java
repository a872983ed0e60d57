package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SocketsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final List<EventLoop> loops = new ArrayList<>();

  @AfterEach
  void endLoops() {
    loops.forEach(l -> l.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly());
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void portZeroGivesOnePortForBoth(TransportType type) throws Exception {
    Sockets sockets = bind(type, 0, 1);

    int port = sockets.bound().getPort();
    assertThat(port).isPositive();
    assertThat(((InetSocketAddress) sockets.streams().localAddress()).getPort()).isEqualTo(port);
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void portTakenForTcpIsInUse(TransportType type) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      assertInUse(type, taken.getLocalPort());
    }
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void portTakenForUdpIsInUseAndTcpIsGivenBack(TransportType type) throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
      int port = taken.getLocalPort();
      assertInUse(type, port);
      // NIO lets go of the port with the loop's next turn.
      await()
          .ignoreExceptionsInstanceOf(BindException.class)
          .until(
              () -> {
                try (ServerSocket free = new ServerSocket(port, 1, LOOPBACK)) {
                  return free.isBound();
                }
              });
    }
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void nextPortIsTriedWhereOneIsTaken(TransportType type) throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
      Sockets sockets = bind(type, taken.getLocalPort(), 50);

      assertThat(sockets.bound().getPort())
          .isBetween(taken.getLocalPort() + 1, taken.getLocalPort() + 49);
    }
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void addressOfAnotherMachineIsNotAPortInUse(TransportType type) throws Exception {
    assumeAvailable(type);
    assertThatThrownBy(
            () ->
                Sockets.bind(
                    Transport.of(type),
                    loop(type),
                    InetAddress.getByName("198.51.100.99"),
                    0,
                    3,
                    1_400))
        .isInstanceOfSatisfying(
            ShellStartException.class, e -> assertThat(e.isPortInUse()).isFalse())
        .hasMessageStartingWith("cannot listen on TCP 198.51.100.99:0: ");
  }

  private void assertInUse(TransportType type, int port) throws IOException {
    assertThatThrownBy(() -> bind(type, port, 1))
        .isInstanceOfSatisfying(
            ShellStartException.class, e -> assertThat(e.isPortInUse()).isTrue());
  }

  private Sockets bind(TransportType type, int port, int attempts) throws ShellStartException {
    assumeAvailable(type);
    return Sockets.bind(Transport.of(type), loop(type), LOOPBACK, port, attempts, 1_400);
  }

  private EventLoop loop(TransportType type) throws ShellStartException {
    EventLoop loop = Transport.of(type).newLoop("sockets-test");
    loops.add(loop);
    return loop;
  }

  private static void assumeAvailable(TransportType type) {
    assumeTrue(type != TransportType.EPOLL || Epoll.isAvailable());
  }
}

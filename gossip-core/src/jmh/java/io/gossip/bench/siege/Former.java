package io.gossip.bench.siege;

import io.gossip.crypto.FrameCipher;
import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.PacketCipher;
import io.gossip.crypto.PacketLimits;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Somebody whose key has been removed, at a member's door. */
record Former(Key key, InetSocketAddress target) {

  private static final int PATIENCE_MILLIS = 20;

  /** How often it is answered: to a datagram, and to a handshake over TCP. */
  int answers() throws IOException {
    return (answeredOverUdp() ? 1 : 0) + (answeredOverTcp() ? 1 : 0);
  }

  private boolean answeredOverUdp() throws IOException {
    PacketCipher cipher =
        new PacketCipher(
            Keyring.of(key), Secrets.CLUSTER, new SecureRandom(), PacketLimits.DEFAULT);
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (int i = 1; i <= 3; i++) {
        byte[] bytes =
            Packets.bytes(cipher.seal(ByteBuffer.wrap(Packets.ping(i)), target, System.nanoTime()));
        socket.send(new DatagramPacket(bytes, bytes.length, target));
      }
      socket.receive(new DatagramPacket(new byte[2_000], 2_000));
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private boolean answeredOverTcp() throws IOException {
    FrameCipher cipher =
        FrameCipher.initiator(Keyring.of(key), Secrets.CLUSTER, new SecureRandom());
    try (Socket socket = new Socket(target.getAddress(), target.getPort())) {
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(Packets.framed(Packets.bytes(cipher.start())));
      return socket.getInputStream().read() >= 0;
    } catch (SocketException e) { // closed with a reset
      return false;
    }
  }
}

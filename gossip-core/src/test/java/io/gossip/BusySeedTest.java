package io.gossip;

import static io.gossip.Certificates.authority;
import static io.gossip.Certificates.context;
import static io.gossip.Certificates.issue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.crypto.FrameCipher;
import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.netty.Encryption;
import io.gossip.netty.Refusals;
import io.gossip.netty.Tls;
import io.gossip.swim.Seed;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node makes of a seed that closes its streams, and why. */
@Timeout(60)
class BusySeedTest {

  private static final X509Bundle CA = authority("ca");
  private static final Tls TLS = Tls.with(context(issue(CA, "one.shop.internal"), CA));
  private static final Encryption SEALED =
      Encryption.with(Keyring.of(Key.random(new SecureRandom())));

  private final LoopbackNodes nodes = new LoopbackNodes();
  private final AtomicInteger closed = new AtomicInteger();
  private ServerSocket seed;

  private interface Conduct {
    void with(Socket stream) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    seed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws IOException {
    nodes.close();
    seed.close();
  }

  /** Each stream that is opened to the seed is dealt with like this, and closed. */
  private void behave(Conduct conduct) {
    Thread thread =
        new Thread(
            () -> {
              while (!seed.isClosed()) {
                try (Socket stream = seed.accept()) {
                  conduct.with(stream);
                } catch (IOException e) {
                  continue; // the other end was faster, or it is over
                }
                closed.incrementAndGet();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private GossipNode start(boolean tls) {
    GossipNode node =
        nodes.build(
            "a",
            builder ->
                builder
                    .encryption(SEALED)
                    .tls(tls ? TLS : null)
                    .seeds(
                        List.of(
                            new Seed(
                                seed.getInetAddress().getHostAddress(), seed.getLocalPort()))));
    node.start();
    return node;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSeedThatHasNoRoomIsNotTakenForOneWithOtherKeys(boolean tls) {
    behave(stream -> stream.setSoLinger(true, 0));
    GossipNode node = start(tls);
    await().until(() -> closed.get() >= 5);
    assertThat(node.protection().refusals().recent()).isEmpty();
  }

  @Test
  void aSeedThatHearsOfAKeyAndClosesHasOtherKeys() {
    behave(stream -> stream.getInputStream().readNBytes(4 + FrameCipher.HANDSHAKE_BYTES));
    GossipNode node = start(false);
    await().until(() -> node.protection().refusals().count(Refusals.Reason.HANDSHAKE) > 0);
  }

  @Test
  void aSeedThatClosesBeforeTlsSaysNothingOfKeys() {
    behave(stream -> stream.getInputStream().read(new byte[4_096]));
    GossipNode node = start(true);
    await().until(() -> node.protection().refusals().count(Refusals.Reason.TLS) > 0);
    await().until(() -> closed.get() >= 3);
    assertThat(node.protection().refusals().count(Refusals.Reason.HANDSHAKE)).isZero();
  }
}

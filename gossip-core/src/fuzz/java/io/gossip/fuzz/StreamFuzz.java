package io.gossip.fuzz;

import io.gossip.crypto.FrameCipher;
import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.netty.EmbeddedShell;
import io.gossip.netty.Encryption;
import io.gossip.netty.ShellStartException;
import io.gossip.netty.Tls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Any bytes on a stream that somebody opens, through all handlers into a state machine: plain,
 * sealed, and under TLS. Nothing is thrown, nobody becomes a member by it, and where there are keys
 * or certificates no frame gets to the state machine.
 *
 * <p>An input is a byte that says which kind of node, one that says how many bytes come at a time,
 * and the bytes.
 */
public final class StreamFuzz {

  private static final Keyring RING = Keyring.of(Key.random(new SplittableRandom(1)));
  private static final int INPUTS_OF_A_NODE = 1_000;

  /** What the node is, and what the other end begins with. */
  private enum Kind {
    PLAIN,
    PLAIN_WITH_GOOD_HEADERS,
    SEALED,
    SEALED_AFTER_A_GOOD_HANDSHAKE,
    SEALED_OR_PLAIN,
    TLS,
    TLS_OR_PLAIN;

    boolean letsPlainIn() {
      return switch (this) {
        case PLAIN, PLAIN_WITH_GOOD_HEADERS, SEALED_OR_PLAIN, TLS_OR_PLAIN -> true;
        case SEALED, SEALED_AFTER_A_GOOD_HANDSHAKE, TLS -> false;
      };
    }

    /** A new node of this kind. */
    EmbeddedShell begin() {
      try {
        return switch (this) {
          case PLAIN, PLAIN_WITH_GOOD_HEADERS -> new EmbeddedShell(Packets.CLUSTER, null, null);
          case SEALED, SEALED_AFTER_A_GOOD_HANDSHAKE ->
              new EmbeddedShell(Packets.CLUSTER, Encryption.with(RING), null);
          case SEALED_OR_PLAIN ->
              new EmbeddedShell(Packets.CLUSTER, new Encryption(RING, false, true), null);
          case TLS -> new EmbeddedShell(Packets.CLUSTER, null, Tls.with(Certificates.CONTEXT));
          case TLS_OR_PLAIN ->
              new EmbeddedShell(
                  Packets.CLUSTER,
                  null,
                  new Tls(Certificates.CONTEXT, true, false, true, List.of(), false));
        };
      } catch (ShellStartException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final Map<Kind, EmbeddedShell> NODES = new EnumMap<>(Kind.class);
  private static int inputs;

  private StreamFuzz() {}

  /** What Jazzer calls first: the nodes take their time, which is nobody's fault. */
  public static void fuzzerInitialize() {
    for (Kind kind : Kind.values()) {
      NODES.put(kind, kind.begin());
    }
  }

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    Kind kind = choices.of(Kind.values());
    int atATime = 1 + choices.next() * 4;
    if (++inputs % INPUTS_OF_A_NODE == 0) {
      NODES.clear(); // what strangers leave behind runs out by the clock, which does not help here
    }
    EmbeddedShell node = NODES.computeIfAbsent(kind, Kind::begin);
    long frames = node.framesReceived();
    EmbeddedShell.Stream stream = node.open();
    if (kind == Kind.SEALED_AFTER_A_GOOD_HANDSHAKE) {
      shakeHands(stream);
    }
    boolean headers = kind == Kind.PLAIN_WITH_GOOD_HEADERS;
    stream.send(headers ? frames(choices) : choices.rest(), atATime);
    stream.close();
    Harm.unless(node.faults() == 0, "the state machine has thrown something; see the log");
    Harm.unless(node.isUnchanged(), "a stranger has changed the view");
    Harm.unless(
        kind.letsPlainIn() || node.framesReceived() == frames, "a stranger was let in: " + kind);
  }

  /** Frames of packets that have good headers. */
  private static byte[] frames(Choices choices) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    while (!choices.isEmpty()) {
      frames.writeBytes(framed(Packets.around(choices.block(), 0, choices.next(), 0)));
    }
    return frames.toByteArray();
  }

  private static byte[] framed(byte[] bytes) {
    return ByteBuffer.allocate(Integer.BYTES + bytes.length)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  private static void shakeHands(EmbeddedShell.Stream stream) {
    FrameCipher cipher = FrameCipher.initiator(RING, Packets.CLUSTER, new SplittableRandom(3));
    stream.send(framed(Packets.bytes(cipher.start())), Integer.MAX_VALUE);
    byte[] answer = stream.received();
    boolean open =
        answer.length > Integer.BYTES
            && cipher.handshake(
                    ByteBuffer.wrap(Arrays.copyOfRange(answer, Integer.BYTES, answer.length)))
                != null;
    Harm.unless(open, "a good handshake was refused");
  }

  /** Made when they are first needed. */
  private static final class Certificates {

    static final SSLContext CONTEXT = context();

    private static SSLContext context() {
      try {
        X509Bundle bundle =
            new CertificateBuilder()
                .ecp256()
                .subject("CN=fuzz")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", bundle.getCertificate());
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(bundle.toKeyManagerFactory().getKeyManagers(), trust.getTrustManagers(), null);
        return context;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

package io.gossip.netty;

import io.gossip.crypto.FrameCipher;
import io.gossip.crypto.Keyring;
import io.gossip.membership.NodeId;
import io.gossip.swim.StreamEnd;
import io.gossip.wire.Limits;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.flow.FlowControlHandler;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one node: those it opened, by the positive numbers the state machine chose, and
 * those it accepted, by negative ones. For the event loop only.
 */
final class Streams {

  private static final Logger log = LoggerFactory.getLogger(Streams.class);

  private final EventLoop loop;
  private final Transport transport;
  private final StreamLimits limits;
  private final ShellStats stats;
  private final NodeDriver driver;
  private final Protection protection;
  private final String cluster;
  private final SecureRandom random;

  private final Map<Long, StreamHandler> wanted = new LinkedHashMap<>(); // by the state machine
  private final StreamAdmission admission;

  /** Accepted streams whose other end has said nothing good yet, the oldest first. */
  private final Map<Long, Channel> unproven = new LinkedHashMap<>();

  private long lastAccepted;

  Streams(
      EventLoop loop,
      Transport transport,
      StreamLimits limits,
      ShellStats stats,
      NodeDriver driver,
      Protection protection,
      String cluster,
      SecureRandom random) {
    this.loop = loop;
    this.transport = transport;
    this.limits = limits;
    this.stats = stats;
    this.driver = driver;
    this.protection = protection;
    this.cluster = cluster;
    this.random = random;
    this.admission = new StreamAdmission(limits);
  }

  void connect(long id, InetSocketAddress to) {
    stats.add(ShellStats.Counter.STREAMS_OPENED);
    StreamHandler handler = new StreamHandler(this, id, null, limits);
    wanted.put(id, handler);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channelFactory(transport.streams())
            .disableResolver()
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) StreamLimits.CONNECT.toMillis())
            .handler(pipeline(handler, true, protection.seals() ? guard(true) : null))
            .connect(to);
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            log.debug("No stream to {}", Addresses.text(to), done.cause());
            failed(handler, end(done.cause()));
          }
        });
  }

  /** Takes a stream that somebody opened, or closes it at once if there are too many. */
  void accept(Channel channel) {
    InetSocketAddress from =
        channel.remoteAddress() instanceof InetSocketAddress remote
            ? Addresses.plain(remote)
            : null;
    if (from != null && !protection.allows(from.getAddress())) {
      protection.refusals().add(from.getAddress(), Refusals.Reason.ADDRESS, "");
      channel.unsafe().closeForcibly();
      return;
    }
    if (admission.isFull()) {
      makeRoom();
    }
    if (from == null || !admission.admit(from.getAddress())) {
      stats.add(ShellStats.Counter.STREAMS_REFUSED);
      resetOnClose(channel);
      channel.unsafe().closeForcibly();
      return;
    }
    stats.add(ShellStats.Counter.STREAMS_ACCEPTED);
    channel.closeFuture().addListener(closed -> admission.release(from.getAddress()));
    StreamHandler handler = new StreamHandler(this, --lastAccepted, from, limits);
    unproven.put(handler.id(), channel);
    channel.closeFuture().addListener(closed -> unproven.remove(handler.id()));
    channel.pipeline().addLast(pipeline(handler, false, guard(false)));
    loop.register(channel)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                log.debug("Lost a stream from {}", Addresses.text(from), done.cause());
                channel.unsafe().closeForcibly();
              }
            });
  }

  /** Whoever opens streams and says nothing on them cannot keep others out. */
  private void makeRoom() {
    Iterator<Channel> oldest = unproven.values().iterator();
    if (oldest.hasNext()) {
      Channel channel = oldest.next();
      oldest.remove();
      stats.add(ShellStats.Counter.STREAMS_REFUSED);
      resetOnClose(channel);
      channel.close(); // at once, as this is its loop
    }
  }

  /**
   * Who is turned away for want of room gets a reset, and who was heard and refused an orderly end:
   * so that the other end need not take a busy node for one with other keys.
   */
  private static void resetOnClose(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
  }

  void write(long id, ByteBuffer frame) {
    if (frame.remaining() > Limits.FRAME_BYTES) {
      throw new IllegalArgumentException(
          "a frame must have at most "
              + Limits.FRAME_BYTES
              + " bytes, but has "
              + frame.remaining());
    }
    StreamHandler handler = wanted.get(id);
    if (handler != null) {
      handler.write(frame);
    }
  }

  /** Where the stream leads; {@code null} if there is none. */
  @Nullable InetSocketAddress otherEnd(long id) {
    StreamHandler handler = wanted.get(id);
    return handler == null ? null : handler.otherEnd();
  }

  /** Whether who joins over the stream may bear this name, as far as its certificate goes. */
  boolean permits(long id, NodeId name) {
    StreamTls tls = protection.streamTls();
    StreamHandler handler = wanted.get(id);
    return tls == null || handler == null || handler.isPermitted(tls, name);
  }

  /** The stream may be silent for any length of time from now on. */
  void keep(long id) {
    StreamHandler handler = wanted.get(id);
    if (handler != null) {
      handler.keep();
    }
  }

  /** The state machine has forgotten the stream: it hears no more of it. */
  void close(long id) {
    StreamHandler handler = wanted.remove(id);
    if (handler != null) {
      handler.finish();
    }
  }

  void closeAll() {
    List<StreamHandler> open = List.copyOf(wanted.values());
    wanted.clear();
    open.forEach(StreamHandler::abort);
  }

  // What handlers report

  void opened(StreamHandler stream) {
    InetSocketAddress from = stream.from();
    if (from != null) {
      if (protection.refusesPlain()) {
        unproven.remove(stream.id()); // it has shown a key
      }
      wanted.put(stream.id(), stream);
      driver.accepted(stream.id(), from);
    } else if (wanted.containsKey(stream.id())) {
      driver.connected(stream.id());
    }
  }

  void received(StreamHandler stream, ByteBuffer frame) {
    unproven.remove(stream.id());
    InetSocketAddress from = stream.from();
    if (from != null && FrameCipher.isHandshake(frame)) { // sealed streams show no other to us
      protection.refusals().add(from.getAddress(), Refusals.Reason.NO_KEYS, "");
      stream.abort();
    } else if (wanted.containsKey(stream.id())) {
      driver.received(stream.id(), frame);
    }
  }

  /** Could not be opened. */
  void failed(StreamHandler stream, StreamEnd end) {
    ended(stream, end);
  }

  void ended(StreamHandler stream, StreamEnd end) {
    if (wanted.remove(stream.id()) != null) {
      driver.closed(stream.id(), end);
    }
  }

  /** Brings more frames than one stream may. */
  void tooFast(SocketAddress other) {
    protection
        .refusals()
        .add(((InetSocketAddress) other).getAddress(), Refusals.Reason.RATE, "on a stream");
  }

  void count(ShellStats.Counter counter) {
    stats.add(counter);
  }

  /** What seals a stream; {@code null} where there are no keys. */
  private @Nullable SealedStream guard(boolean initiator) {
    Keyring ring = protection.keyring();
    if (ring == null) {
      return null;
    }
    FrameCipher cipher =
        initiator
            ? FrameCipher.initiator(ring, cluster, random)
            : FrameCipher.acceptor(ring, cluster, random);
    return new SealedStream(protection, cipher, initiator, limits.firstFrame().toNanos());
  }

  private ChannelHandler pipeline(
      StreamHandler handler, boolean initiator, @Nullable SealedStream guard) {
    StreamTls tls = protection.streamTls();
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel
            .config()
            .setRecvByteBufAllocator(
                new FixedRecvByteBufAllocator(StreamLimits.BYTES_PER_TURN).maxMessagesPerRead(1));
        channel
            .config()
            .setWriteBufferWaterMark(
                new WriteBufferWaterMark(
                    StreamLimits.PENDING_BYTES / 2, StreamLimits.PENDING_BYTES));
        int longest = Limits.FRAME_BYTES + (guard == null ? 0 : FrameCipher.OVERHEAD);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(
            new LengthFieldPrepender(Integer.BYTES),
            new LengthFieldBasedFrameDecoder(
                Integer.BYTES + longest, 0, Integer.BYTES, 0, Integer.BYTES));
        if (guard != null) {
          pipeline.addLast(guard);
        }
        pipeline
            // Frames that came in one read are handed on only as long as the answers are taken.
            .addLast(new FlowControlHandler())
            .addLast(handler);
        if (tls != null) {
          tls.addTo(channel, initiator, protection, limits.firstFrame().toMillis());
        }
      }
    };
  }

  /** NIO and epoll agree on the word, not on the class. */
  static StreamEnd end(@Nullable Throwable cause) {
    boolean refused =
        cause instanceof ConnectException
            && cause.getMessage() != null
            && cause.getMessage().toLowerCase(Locale.ROOT).contains("refused");
    return refused ? StreamEnd.REFUSED : StreamEnd.FAILED;
  }
}

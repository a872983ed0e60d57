package io.gossip.netty;

import io.gossip.swim.StreamEnd;
import io.gossip.wire.Limits;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flow.FlowControlHandler;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
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

  private final Map<Long, StreamHandler> wanted = new LinkedHashMap<>(); // by the state machine
  private final StreamAdmission admission;
  private long lastAccepted;

  Streams(
      EventLoop loop,
      Transport transport,
      StreamLimits limits,
      ShellStats stats,
      NodeDriver driver) {
    this.loop = loop;
    this.transport = transport;
    this.limits = limits;
    this.stats = stats;
    this.driver = driver;
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
            .handler(pipeline(handler))
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
    if (from == null || !admission.admit(from.getAddress())) {
      stats.add(ShellStats.Counter.STREAMS_REFUSED);
      channel.unsafe().closeForcibly();
      return;
    }
    stats.add(ShellStats.Counter.STREAMS_ACCEPTED);
    channel.closeFuture().addListener(closed -> admission.release(from.getAddress()));
    channel.pipeline().addLast(pipeline(new StreamHandler(this, --lastAccepted, from, limits)));
    loop.register(channel)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                log.debug("Lost a stream from {}", Addresses.text(from), done.cause());
                channel.unsafe().closeForcibly();
              }
            });
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
      wanted.put(stream.id(), stream);
      driver.accepted(stream.id(), from);
    } else if (wanted.containsKey(stream.id())) {
      driver.connected(stream.id());
    }
  }

  void received(StreamHandler stream, ByteBuffer frame) {
    if (wanted.containsKey(stream.id())) {
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

  void count(ShellStats.Counter counter) {
    stats.add(counter);
  }

  private static ChannelHandler pipeline(StreamHandler handler) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel
            .config()
            .setWriteBufferWaterMark(
                new WriteBufferWaterMark(
                    StreamLimits.PENDING_BYTES / 2, StreamLimits.PENDING_BYTES));
        channel
            .pipeline()
            .addLast(
                new LengthFieldBasedFrameDecoder(
                    Integer.BYTES + Limits.FRAME_BYTES, 0, Integer.BYTES, 0, Integer.BYTES))
            // Frames that came in one read are handed on only as long as the answers are taken.
            .addLast(new FlowControlHandler())
            .addLast(handler);
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

package io.gossip.netty;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimStats;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole node but for its sockets and its thread: streams that others open bring the bytes that
 * the caller gives, through the same handlers as ever, to a state machine that is the same as ever.
 */
public final class EmbeddedShell {

  private static final InetSocketAddress SELF = address(1);
  private static final InetSocketAddress OTHER = address(2);

  private final EmbeddedChannel server = new EmbeddedChannel();
  private final EmbeddedChannel datagrams = new EmbeddedChannel();
  private final ShellStats stats = new ShellStats();
  private final EventDispatcher dispatcher;
  private final NodeDriver driver;
  private final Membership atFirst;

  /** Begins; alone, and without seeds. */
  public EmbeddedShell(String cluster, @Nullable Encryption encryption, @Nullable Tls tls)
      throws ShellStartException {
    RunSettings settings =
        new RunSettings(
            new NodeId("self"),
            1_767_225_600_000L,
            "",
            Map.of(),
            SwimConfig.lan().toBuilder().cluster(cluster).build(),
            List.of(),
            null,
            0,
            1,
            AddressPreference.automatic(),
            TransportType.NIO);
    Member self = settings.self(SELF);
    dispatcher =
        new EventDispatcher("fuzz", 1, stats, new Membership(0, 0, self, List.of(), List.of()));
    driver =
        new NodeDriver(
            settings,
            SELF,
            server.eventLoop(),
            Transport.of(TransportType.NIO),
            new Sockets(server, datagrams),
            new SeedResolver("fuzz-resolver", stats),
            dispatcher,
            StreamLimits.DEFAULT,
            new Protection(List.of(), encryption, tls, null, null),
            stats);
    driver.begin();
    atFirst = dispatcher.view();
  }

  /** Somebody opens a stream. */
  public Stream open() {
    Stream stream = new Stream();
    server.writeInbound(stream.channel);
    return stream;
  }

  /** Frames that have got as far as the state machine. */
  public long framesReceived() {
    return driver.swimStats().count(SwimStats.Counter.FRAMES_RECEIVED);
  }

  /** Bugs of the state machine that the node has survived. */
  public long faults() {
    return stats.count(ShellStats.Counter.ENGINE_FAULTS);
  }

  /** Whether nobody has become a member, and nobody is gone. */
  public boolean isUnchanged() {
    return dispatcher.view().members().equals(atFirst.members());
  }

  /** The other end of a stream that was opened. */
  public final class Stream {

    private final OtherEnd channel = new OtherEnd();

    private Stream() {}

    /**
     * Sends bytes, as many at a time as said.
     *
     * @return whether the stream is open still
     */
    public boolean send(byte[] bytes, int atATime) {
      for (int at = 0; at < bytes.length && channel.isOpen(); at += atATime) {
        ByteBuf piece = Unpooled.copiedBuffer(bytes, at, Math.min(atATime, bytes.length - at));
        channel.writeInbound(piece);
        server.runPendingTasks();
      }
      return channel.isOpen();
    }

    /** Bytes that have come back since the last call. */
    public byte[] received() {
      ByteBuf all = Unpooled.buffer();
      for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
        all.writeBytes(piece);
        piece.release();
      }
      return ByteBufUtil.getBytes(all);
    }

    /** Closes it, which must leave nothing behind. */
    public void close() {
      channel.close();
      server.runPendingTasks();
      channel.checkException();
      received();
    }
  }

  /** A channel that has addresses, and is registered by whom it is given to. */
  private static final class OtherEnd extends EmbeddedChannel {

    OtherEnd() {
      super(DefaultChannelId.newInstance(), false, false, new ChannelHandler[0]);
    }

    @Override
    protected SocketAddress localAddress0() {
      return SELF;
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return OTHER;
    }
  }

  private static InetSocketAddress address(int host) {
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host}), 7946);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}

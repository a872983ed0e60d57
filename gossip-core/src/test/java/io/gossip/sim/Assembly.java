package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.ProtocolRange;
import io.gossip.swim.Output;
import io.gossip.swim.Seed;
import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.MalformedPacketException;
import io.gossip.wire.Message;
import io.gossip.wire.PacketReader;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import io.gossip.wire.ViewHash;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets many processes begin as members of one cluster. Each asks a seed over a stream, as always,
 * and what comes back are the frames of a seed that knows everybody; only that no seed has to write
 * them anew for each, and that no time passes.
 */
final class Assembly {
  private static final int PAGE_BYTES = 32 * 1024;

  private final Surroundings world;
  private final PacketReader reader;
  private final PacketWriter writer = new PacketWriter(Limits.FRAME_BYTES);
  private final long cluster;
  private final List<Guest> guests = new ArrayList<>();
  private final Map<InetSocketAddress, Book> books = new HashMap<>(); // looked up only
  private long hash;

  /** The whole list as one seed tells it, page by page. */
  private record Book(Header header, List<ByteBuffer> pages, List<Long> ends) {
    ByteBuffer after(long handle) {
      return pages.get(ends.indexOf(handle) + 1);
    }
  }

  Assembly(Surroundings world, String clusterName) {
    this.world = world;
    cluster = Header.clusterHash(clusterName);
    reader = new PacketReader(cluster, new ProtocolRange(1, 255));
  }

  /** A process begins: it looks for its seeds, gets through to one and asks it. */
  void begin(SimNode node) {
    Guest guest = new Guest(node);
    guests.add(guest);
    node.outlet().receive(guest);
    node.begin();
    guest.ask();
  }

  /** All have begun: each gets the list of all, and the world as it is. */
  void complete() {
    for (Guest guest : guests) {
      hash += guest.term();
    }
    guests.sort(Comparator.comparing(Guest::handle, Long::compareUnsigned));
    for (Guest guest : guests) {
      guest.read();
    }
  }

  /** One that begins. While it does, its streams lead here. */
  private final class Guest implements Output {
    private final SimNode node;
    private final List<Seed> wanted = new ArrayList<>();
    private final List<Message> record = new ArrayList<>();
    private @Nullable InetSocketAddress seed;
    private long stream;
    private long nonce;
    private long handle;
    private int answered;
    private @Nullable Message question;

    Guest(SimNode node) {
      this.node = node;
    }

    long handle() {
      return handle;
    }

    long term() {
      Member self = node.self();
      return ViewHash.of(handle, self.incarnation(), self.stateVersion());
    }

    /** Looks up one seed after the other, until it connects to one. */
    void ask() {
      while (seed == null && answered < wanted.size()) {
        answerLookUp();
      }
      if (seed == null) {
        throw new IllegalArgumentException(node + " needs a seed other than itself");
      }
      node.loop().take(new Input.Connected(stream));
      node.loop().settle();
    }

    private void answerLookUp() {
      Seed next = wanted.get(answered++);
      node.loop().take(new Input.Resolved(next, world.lookUp(next)));
    }

    /** Is taken in and asks for one page after the other. */
    void read() {
      Book book = book(seed);
      node.loop().take(new Input.Frame(stream, accepted(book.header)));
      while (question instanceof Message.PageRequest request) {
        question = null;
        node.loop().take(new Input.Frame(stream, book.after(request.after())));
      }
      if (stream != 0) {
        throw new IllegalStateException(node + " did not read to the end");
      }
      node.outlet().receive(null);
      while (answered < wanted.size()) {
        answerLookUp(); // members are known by now; another seed is asked as any process would
      }
      node.loop().settle();
    }

    private ByteBuffer accepted(Header header) {
      writer.begin(header, Limits.FRAME_BYTES);
      require(writer.add(new Message.JoinAccepted(nonce, guests.size())));
      return copy(writer.finish());
    }

    @Override
    public void resolve(Seed next) {
      wanted.add(next);
    }

    @Override
    public void connect(long number, InetSocketAddress to) {
      if (seed != null) {
        throw new IllegalStateException(node + " asks more than one seed, " + to + " the second");
      }
      seed = to;
      stream = number;
    }

    @Override
    public void write(long number, ByteBuffer frame) {
      for (Message message : messages(frame)) {
        if (message instanceof Message.Join join) {
          nonce = join.nonce();
        } else if (message instanceof Update update) {
          record.add(update);
          handle = update.handle();
        } else {
          question = message;
        }
      }
    }

    @Override
    public void keep(long stream) {}

    @Override
    public void close(long number) {
      stream = 0;
    }

    @Override
    public void send(InetSocketAddress to, ByteBuffer packet) {
      throw new IllegalStateException("datagrams go their own way");
    }

    @Override
    public void publish(MembershipEvent event) {
      throw new IllegalStateException("events go their own way");
    }
  }

  private List<Message> messages(ByteBuffer frame) {
    try {
      return reader.read(frame).messages();
    } catch (MalformedPacketException e) {
      throw new Violation("a frame of a joiner cannot be read", e);
    }
  }

  /** What a seed tells. */
  private Book book(@Nullable InetSocketAddress seed) {
    Book known = books.get(seed);
    if (known != null) {
      return known;
    }
    for (Guest guest : guests) {
      if (guest.node.address().equals(seed)) {
        int incarnation = guest.node.self().incarnation();
        Book book = write(new Header(1, 0, cluster, guest.handle, incarnation, hash));
        books.put(seed, book);
        return book;
      }
    }
    throw new IllegalArgumentException("there is no process at the seed's address " + seed);
  }

  private Book write(Header header) {
    Book book = new Book(header, new ArrayList<>(), new ArrayList<>());
    List<Message> page = new ArrayList<>();
    int bytes = 0;
    for (int i = 0; i < guests.size(); i++) {
      Guest guest = guests.get(i);
      for (Message message : guest.record) {
        page.add(message);
        bytes += PacketWriter.sizeOf(message);
      }
      boolean last = i == guests.size() - 1;
      if (last || bytes >= PAGE_BYTES) {
        book.pages.add(page(header, last ? 0 : guest.handle, page));
        book.ends.add(guest.handle);
        page.clear();
        bytes = 0;
      }
    }
    return book;
  }

  private ByteBuffer page(Header header, long end, List<Message> records) {
    writer.begin(header, Limits.FRAME_BYTES);
    require(writer.add(new Message.Page(end)));
    for (Message record : records) {
      require(writer.add(record));
    }
    return copy(writer.finish());
  }

  private static void require(boolean written) {
    if (!written) {
      throw new IllegalStateException("there is no room in the frame");
    }
  }

  private static ByteBuffer copy(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.duplicate().get(bytes);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }
}

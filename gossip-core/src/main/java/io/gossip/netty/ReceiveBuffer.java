package io.gossip.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The one buffer that a channel's datagrams are read into: they have been dealt with when the next
 * are read. Under a flood, to take a new one of this size for each read is a tenth of the work. For
 * one channel, and its event loop only.
 */
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

  private final int bytes;
  private @Nullable ByteBuf buffer;
  private boolean closed;

  ReceiveBuffer(int bytes, int maxMessagesPerRead) {
    super(maxMessagesPerRead);
    this.bytes = bytes;
  }

  @Override
  @SuppressWarnings("deprecation") // that is what Netty's own do
  public Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return next(allocator);
      }

      @Override
      public int guess() {
        return bytes;
      }
    };
  }

  private ByteBuf next(ByteBufAllocator allocator) {
    if (closed) {
      return allocator.ioBuffer(bytes);
    }
    if (buffer == null) {
      buffer = allocator.directBuffer(bytes);
    }
    // Somebody may have kept a datagram after all.
    return buffer.refCnt() == 1 ? buffer.clear().retain() : allocator.ioBuffer(bytes);
  }

  /** The channel reads no more. */
  void close() {
    closed = true;
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }
}

package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import org.junit.jupiter.api.Test;

class ReceiveBufferTest {

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final ReceiveBuffer buffers = new ReceiveBuffer(1_000, 64);

  @SuppressWarnings("deprecation")
  private final RecvByteBufAllocator.Handle handle = buffers.newHandle();

  @Test
  void whatHasBeenDealtWithMakesRoomForTheNext() {
    ByteBuf first = handle.allocate(allocator);
    first.writeLong(1);
    first.release();
    ByteBuf second = handle.allocate(allocator);

    assertThat(second).isSameAs(first);
    assertThat(second.readableBytes()).isZero();
    assertThat(second.writableBytes()).isEqualTo(1_000);
    second.release();
    buffers.close();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void whatSomebodyKeepsIsNotWrittenOver() {
    ByteBuf first = handle.allocate(allocator);
    ByteBuf kept = first.writeLong(1).readRetainedSlice(Long.BYTES);
    first.release();
    ByteBuf second = handle.allocate(allocator);

    assertThat(second).isNotSameAs(first);
    second.release();
    kept.release();
    buffers.close();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void aChannelThatIsClosedWhileItReadsHoldsNothing() {
    ByteBuf first = handle.allocate(allocator);
    buffers.close();
    first.release();
    handle.allocate(allocator).release();

    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }
}

/**
 * Messages and their bytes, as docs/PROTOCOL.md lays them out. No I/O: {@code ByteBuffer} in,
 * {@code ByteBuffer} out.
 */
@NullMarked
package io.gossip.wire;

import org.jspecify.annotations.NullMarked;

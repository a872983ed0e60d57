/**
 * Keys, sealed datagrams and sealed streams, as docs/PROTOCOL.md lays them out. No I/O: {@code
 * ByteBuffer} in, {@code ByteBuffer} out; no primitives but the JDK's.
 */
@NullMarked
package io.gossip.crypto;

import org.jspecify.annotations.NullMarked;

package io.gossip.wire;

import java.util.List;

/**
 * A packet as it was read.
 *
 * @param header what it says first
 * @param messages those that are known here, in the order they were written; unmodifiable
 * @param skipped messages of a type that is not known here
 * @param lost 1 if the packet goes on with something that cannot be read, 0 otherwise; how many
 *     messages that was cannot be known, as nothing behind it can be found
 */
public record Packet(Header header, List<Message> messages, int skipped, int lost) {}

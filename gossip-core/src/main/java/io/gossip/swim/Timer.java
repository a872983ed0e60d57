package io.gossip.swim;

import java.net.InetSocketAddress;

/** A thing that falls due. Never cancelled: each carries what it needs to see that it is moot. */
sealed interface Timer {
  /** Time to probe the next member. */
  record ProtocolPeriod() implements Timer {}

  /** The direct answer to a probe has not come in time: ask others. */
  record ProbeTimeout(long nonce) implements Timer {}

  /** All answers to a probe that will count are in. */
  record ProbeEnd(long nonce) implements Timer {}

  /** The target has not answered the relay in time. */
  record RelayTimeout(long nonce) implements Timer {}

  /** A suspicion may have run out. */
  record SuspicionTimeout(long handle, long due) implements Timer {}

  /** The next step of a last look. */
  record LastLook(long nonce) implements Timer {}

  /** A zone that was asked, or is held, is to be looked at. */
  record ZoneCheck(String zone, long due) implements Timer {}

  /** The next step of finding out whether large datagrams get through. */
  record SizeTrial(long nonce) implements Timer {}

  /** Time for a round of gossip. */
  record GossipTick(long round) implements Timer {}

  /** Time to look at the seeds. */
  record SeedTick(long due) implements Timer {}

  /** An attempt to join has taken too long. */
  record JoinTimeout(long stream) implements Timer {}

  /** The next step of checking whether a joiner can be reached. */
  record ReachCheck(long stream, int step) implements Timer {}

  /** The next step of finding out whether another bearer of this node's name lives. */
  record RivalCheck(long nonce) implements Timer {}

  /** A ping over a stream has not been answered in time. */
  record StreamPingTimeout(long stream) implements Timer {}

  /** Time to look whether the right members are watched. */
  record WatchTick() implements Timer {}

  /** Time to look again who is where a member was. */
  record SuccessorCheck(long handle) implements Timer {}

  /** A watch link has not come about in time. */
  record WatchTimeout(long stream) implements Timer {}

  /** Time to try departed members again. */
  record ReconnectTick() implements Timer {}

  /** Time to tell those who have not confirmed that this member leaves. */
  record LeaveTick() implements Timer {}

  /** Time to tell those who have not confirmed the own state; of the telling that ends then. */
  record SpreadTick(long deadline) implements Timer {}

  /** Time to ask somebody whether this version of the own state has arrived. */
  record Sample(long version, int question) implements Timer {}

  /** Time to forget what is too old. */
  record Housekeeping() implements Timer {}

  /** Time to try an address that a busy seed named. */
  record AlternativeJoin(InetSocketAddress address) implements Timer {}
}

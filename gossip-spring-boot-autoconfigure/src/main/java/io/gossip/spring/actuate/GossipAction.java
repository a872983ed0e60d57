package io.gossip.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What an operator's action has led to. Without figures it is under way.
 *
 * @param action what was asked for
 * @param members other members that were to be told; {@code null} if not known
 * @param informed how many of them have confirmed; {@code null} if not known
 * @param millis how long that took; {@code null} if not known
 */
public record GossipAction(
    String action, @Nullable Integer members, @Nullable Integer informed, @Nullable Long millis)
    implements OperationResponseBody {}

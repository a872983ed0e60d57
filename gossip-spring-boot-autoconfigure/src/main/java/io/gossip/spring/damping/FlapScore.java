package io.gossip.spring.damping;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How unsteady a member has been of late.
 *
 * @param score a flap is 1000; halves with each half-life
 * @param dampedFor for how much longer it is put last; {@code null} if it is not
 */
public record FlapScore(double score, @Nullable Duration dampedFor) {}

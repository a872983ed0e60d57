package io.gossip.wire;

import io.gossip.membership.Evidence;
import org.jspecify.annotations.Nullable;

/** The numbers that stand for {@link Evidence} in packets. */
final class EvidenceCode {

  private EvidenceCode() {}

  static int of(Evidence evidence) {
    return switch (evidence) {
      case UNANSWERED -> 1;
      case SILENT -> 2;
      case UNRESPONSIVE -> 3;
      case REFUSED -> 4;
      case WRONG_IDENTITY -> 5;
    };
  }

  static @Nullable Evidence evidence(int code) {
    return switch (code) {
      case 1 -> Evidence.UNANSWERED;
      case 2 -> Evidence.SILENT;
      case 3 -> Evidence.UNRESPONSIVE;
      case 4 -> Evidence.REFUSED;
      case 5 -> Evidence.WRONG_IDENTITY;
      default -> null;
    };
  }
}

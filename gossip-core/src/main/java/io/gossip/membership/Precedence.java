package io.gossip.membership;

/**
 * Which of two records of one member is to be believed: the higher in the order of generation; LEFT
 * before anything else of that generation; incarnation; DEAD before SUSPECT before ALIVE.
 *
 * <p>Differs from SWIM §4.2 in one point: a DEAD record yields to the owner's higher incarnation,
 * so that the two halves of a healed partition take each other back without a restart.
 */
public final class Precedence {

  private Precedence() {}

  /**
   * Compares two records of one member.
   *
   * @return positive if {@code a} is to be believed over {@code b}, 0 if they say the same
   * @throws IllegalArgumentException if they are records of different members
   */
  public static int compare(Member a, Member b) {
    if (!a.id().equals(b.id())) {
      throw new IllegalArgumentException(
          "precedence is among records of one member, but these are " + a.id() + " and " + b.id());
    }
    int byGeneration = Long.compare(a.generation(), b.generation());
    return byGeneration != 0
        ? byGeneration
        : compare(a.incarnation(), a.status(), b.incarnation(), b.status());
  }

  /** Compares two standings of one life: (incarnation, status) of one generation. */
  public static int compare(int incarnation, MemberStatus status, int other, MemberStatus than) {
    int byLeaving = Boolean.compare(status == MemberStatus.LEFT, than == MemberStatus.LEFT);
    if (byLeaving != 0) {
      return byLeaving;
    }
    int byIncarnation = Integer.compareUnsigned(incarnation, other);
    return byIncarnation != 0 ? byIncarnation : Integer.compare(rank(status), rank(than));
  }

  private static int rank(MemberStatus status) {
    return switch (status) {
      case ALIVE -> 0;
      case SUSPECT -> 1;
      case DEAD -> 2;
      case LEFT -> 3;
    };
  }
}

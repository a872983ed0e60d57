package io.gossip.fuzz;

/** Bytes have done what no bytes may do. */
final class Harm extends AssertionError {

  private static final long serialVersionUID = 1L;

  Harm(String what) {
    super(what);
  }

  Harm(String what, Throwable cause) {
    super(what, cause);
  }

  static void unless(boolean harmless, String what) {
    if (!harmless) {
      throw new Harm(what);
    }
  }
}

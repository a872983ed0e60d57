package io.gossip.membership;

/** What an accuser found when a member did not answer its ping; the kernel's word carries most. */
public enum Evidence {
  /** No answer on any path, and TCP was not tried or its outcome says nothing. */
  UNANSWERED("answers no ping"),
  /** No answer on any path, TCP included: the host is gone or cut off. */
  SILENT("no answer on UDP or TCP"),
  /** TCP connects but nothing answers: the process pauses or is overloaded. */
  UNRESPONSIVE("accepts connections but does not answer"),
  /** TCP is refused: nobody listens there any more. */
  REFUSED("connection refused"),
  /** Another identity answers at its address. */
  WRONG_IDENTITY("another process answers at its address");

  private final String sentence;

  Evidence(String sentence) {
    this.sentence = sentence;
  }

  /** Whether this shows a crash rather than a silence: refused, or somebody else answering. */
  public boolean showsCrash() {
    return this == REFUSED || this == WRONG_IDENTITY;
  }

  /** The finding in words, to follow the name of the member. */
  public String sentence() {
    return sentence;
  }
}

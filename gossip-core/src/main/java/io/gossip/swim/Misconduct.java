package io.gossip.swim;

/** What can be wrong with the word of a member that holds the keys, where members sign. */
public enum Misconduct {
  /** It told of a member what that member has not signed. */
  FORGED,
  /** It brought so much of that that nothing more of it is looked at for some seconds. */
  UNCHECKED,
  /** It has accused too many members that then refuted, and is not listened to for a while. */
  ACCUSER
}

package io.gossip.sim;

/** Something rare that a swarm must come by now and then: where it never does, it is too tame. */
enum Sight {
  /** A running process heard of its own death and came back with a higher incarnation. */
  DEATH_REFUTED,
  /** A member raised its incarnation more than three times in one life. */
  INCARNATION_ABOVE_3,
  /** A suspicion had three accusers. */
  THREE_ACCUSERS,
  /** Old news of a member that is no longer kept was heard. */
  TOMBSTONE_HIT,
  /** A repair brought what gossip had not. */
  REPAIR,
  /** An answer came that nothing had asked for: late, twice, or replayed. */
  ANSWER_REJECTED,
  /** A verdict was withheld because nobody was heard. */
  DEAF_HOLD,
  /** A last look found that the suspect lived. */
  LAST_LOOK_SAVED,
  /** Verdicts were put off because too many fell due at once. */
  STORM_BRAKED,
  /** Something was refused because a queue or table was full. */
  FULL,
  /** Two live processes bore one name. */
  DUPLICATE_ID,
  /** A process took a new generation without a restart. */
  RENEWED,
  /** A packet of another cluster came. */
  FOREIGN_PACKET,
  /** A member was reached over TCP only. */
  STREAM_ONLY,
  /** A process noticed that it had been paused. */
  PAUSED
}

package io.gossip.swim;

/**
 * Gives one object for all that are equal. Where one process runs many state machines, as a
 * simulation does, their views then share the records they have in common; a process that runs one
 * has nothing to share.
 */
public interface Sharing {

  /** Shares nothing. */
  Sharing NONE =
      new Sharing() {
        @Override
        public <T> T shared(T value) {
          return value;
        }
      };

  /**
   * An object equal to the given one, which may be that itself. What is given is immutable and has
   * {@code equals} and {@code hashCode}. Called on the thread of the state machine.
   */
  <T> T shared(T value);
}

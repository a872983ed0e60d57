package io.gossip.swim;

/**
 * An ascending order of numbers that are spread evenly, unsigned: the place of one is guessed from
 * it and found close by.
 */
abstract class EvenOrder {

  private static final int FIRST_STEP = 8;

  /** How many there are. */
  abstract int size();

  /** Whether the number at a place, which is below the size, is lower than this. */
  abstract boolean isLower(int place, long number);

  /**
   * How many are lower.
   *
   * @param guess where it may be, 0 to the size
   */
  final int place(long number, int guess) {
    int low; // all before it are lower
    int high; // it and all behind it are not
    int step = FIRST_STEP;
    if (guess < size() && isLower(guess, number)) {
      low = guess + 1;
      high = guess + step;
      while (high < size() && isLower(high, number)) {
        low = high + 1;
        step *= 2;
        high += step;
      }
      high = Math.min(high, size());
    } else {
      high = guess;
      low = guess - step;
      while (low >= 0 && !isLower(low, number)) {
        high = low;
        step *= 2;
        low -= step;
      }
      low = Math.max(low + 1, 0);
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isLower(middle, number)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

package io.gossip.samples.console;

/**
 * Room in a terminal.
 *
 * @param columns at least 20
 * @param rows at least 8
 */
record Size(int columns, int rows) {

  /** Where nothing is known. */
  static final Size USUAL = new Size(80, 24);

  private static final int LEAST_COLUMNS = 20;
  private static final int LEAST_ROWS = 8;
  private static final int MOST = 1_000;

  Size {
    columns = Math.max(LEAST_COLUMNS, Math.min(MOST, columns));
    rows = Math.max(LEAST_ROWS, Math.min(MOST, rows));
  }
}

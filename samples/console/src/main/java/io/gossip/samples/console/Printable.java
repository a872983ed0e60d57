package io.gossip.samples.console;

import java.text.Normalizer;

/**
 * Text as a terminal may have it. Names and states come from the network; an escape sequence in one
 * would move the cursor, change the window's title, or worse.
 */
final class Printable {

  private static final int FIRST_WIDE = 0x1100;

  private Printable() {}

  /** The same text with a question mark for all that is no plain character. */
  static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(point -> printable.appendCodePoint(isPlain(point) ? point : '?'));
    return printable.toString();
  }

  /** As printable text, in exactly so many columns. */
  static String fit(String text, int columns) {
    StringBuilder line = new StringBuilder(columns);
    String printable = of(text);
    int free = columns;
    if (width(printable) <= columns) {
      line.append(printable);
      free -= width(printable);
    } else {
      for (int i = 0; i < printable.length(); ) {
        int point = printable.codePointAt(i);
        if (width(point) >= free) { // a column is for the sign that something is missing
          break;
        }
        line.appendCodePoint(point);
        free -= width(point);
        i += Character.charCount(point);
      }
      if (free > 0) {
        line.append('…');
        free--;
      }
    }
    return line.append(" ".repeat(free)).toString();
  }

  /** Columns that it takes. */
  static int width(String printable) {
    return printable.codePoints().map(Printable::width).sum();
  }

  private static int width(int point) {
    return isWide(point) ? 2 : 1;
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT, // such as those that turn the direction of writing
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK, // a hundred of them grow over the lines above
          Character.ENCLOSING_MARK ->
          false;
      default -> true;
    };
  }

  /** Whether it takes two columns: Chinese, Japanese, Korean, and most pictures. */
  private static boolean isWide(int point) {
    return point >= FIRST_WIDE
        && (point <= 0x115F
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x1F300 && point <= 0x1FAFF)
            || (point >= 0x20000 && point <= 0x3FFFD));
  }
}

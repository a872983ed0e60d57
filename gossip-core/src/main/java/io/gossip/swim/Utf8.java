package io.gossip.swim;

/** What texts are in UTF-8, without encoding them. */
final class Utf8 {
  private Utf8() {}

  /** Bytes the text takes; half a surrogate pair, which has no encoding, counts as one. */
  static int length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (isPair(text, i)) {
        bytes += 4;
        i++;
      } else {
        bytes += 1; // what getBytes writes: '?'
      }
    }
    return bytes;
  }

  /** Whether every surrogate is one of a pair, so that the text comes back from its encoding. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static boolean isPair(String text, int index) {
    return index + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
  }
}

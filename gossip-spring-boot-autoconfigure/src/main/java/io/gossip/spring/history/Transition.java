package io.gossip.spring.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a member or to this node, in words. Small whatever the network says:
 * it holds nothing but its texts, and these are cut. Control characters in them are made blanks.
 *
 * @param type what kind of thing
 * @param member whom it happened to, at most {@value #MAX_NAME} characters; this node where it is
 *     about no other
 * @param zone the member's, or the one that it is about; "" for none
 * @param service name of the service that the member offers; {@code null} if it offers none
 * @param reason why, or what, as a sentence without a full stop, at most {@value #MAX_REASON}
 *     characters
 * @param by who found it so, at most {@value #MAX_BY}; how many more there were is in the reason
 */
public record Transition(
    TransitionType type,
    String member,
    String zone,
    @Nullable String service,
    String reason,
    List<String> by) {

  static final int MAX_NAME = 255;
  static final int MAX_REASON = 300;
  static final int MAX_BY = 8;

  /** Cuts what is too long. */
  public Transition {
    member = text(member, MAX_NAME);
    zone = text(zone, MAX_NAME);
    service = service == null ? null : text(service, MAX_NAME);
    reason = text(reason, MAX_REASON);
    by = by.stream().limit(MAX_BY).map(name -> text(name, MAX_NAME)).toList();
  }

  private static String text(String given, int max) {
    String text = given.length() <= max ? given : cut(given, max);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return text.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", " ");
      }
    }
    return text;
  }

  /** Leaves no half of a surrogate pair at the end. */
  private static String cut(String given, int max) {
    int end = max - 1;
    return given.substring(0, Character.isHighSurrogate(given.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}

package io.gossip.spring.keys;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.membership.Member;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which keys a member says it holds: their ids, the one it seals under first. Ids say nothing of
 * the keys.
 */
public final class MemberKeys {

  /** The key of a member's state under which it says so. */
  public static final String STATE_KEY = "gossip.keys";

  private MemberKeys() {}

  /** The ids as a member says them; empty if it says nothing, or nothing that can be read. */
  public static List<String> of(Member member) {
    String text = member.state().get(STATE_KEY);
    if (text == null || !text.matches("[0-9a-f]{8}(,[0-9a-f]{8}){0,3}")) {
      return List.of();
    }
    return List.of(text.split(",", -1));
  }

  /** What to say of a ring. */
  static String text(Keyring ring) {
    return ring.keys().stream().map(Key::idText).collect(Collectors.joining(","));
  }
}

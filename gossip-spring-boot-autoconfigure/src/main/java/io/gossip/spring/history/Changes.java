package io.gossip.spring.history;

import io.gossip.membership.Member;
import io.gossip.spring.service.ServiceRecord;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What of an update matters to who looks back: where the member is, which service it offers, in
 * which version, and whether it wants calls. Weights, metadata and an application's own state
 * change as often as it likes, and are left out.
 */
final class Changes {

  private final StringJoiner found = new StringJoiner("; ");

  private Changes() {}

  /** The changes in words; {@code null} if none matters. */
  static @Nullable String between(Member before, Member now) {
    Changes changes = new Changes();
    changes.compare(
        "address", Transitions.place(before.address()), Transitions.place(now.address()));
    changes.compare("zone", before.zone(), now.zone());
    if (!before.state().equals(now.state())) {
      changes.compare(ServiceRecord.read(before), ServiceRecord.read(now));
    }
    return changes.found.length() == 0 ? null : changes.found.toString();
  }

  private void compare(@Nullable ServiceRecord before, @Nullable ServiceRecord now) {
    if (before == null && now == null) {
      return;
    }
    if (now == null) {
      found.add("service " + Objects.requireNonNull(before).serviceId() + " withdrawn");
    } else if (before == null) {
      found.add("service " + now.serviceId() + " announced as " + now.status());
    } else {
      compare("service", before.serviceId(), now.serviceId());
      compare("status", before.status().name(), now.status().name());
      compare("version", before.version(), now.version());
    }
  }

  private void compare(String what, @Nullable String before, @Nullable String now) {
    if (!Objects.equals(before, now)) {
      found.add(what + " from " + word(before) + " to " + word(now));
    }
  }

  private static String word(@Nullable String value) {
    return value == null || value.isEmpty() ? "none" : value;
  }
}

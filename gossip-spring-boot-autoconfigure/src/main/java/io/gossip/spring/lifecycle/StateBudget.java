package io.gossip.spring.lifecycle;

import io.gossip.spring.diagnostics.MetadataTooLargeException;
import io.gossip.spring.service.ServiceRecord;
import io.gossip.wire.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Whether a service fits into a member's state; the error names the property at fault. */
final class StateBudget {

  private static final String METADATA = "gossip.instance.metadata";

  private StateBudget() {}

  /**
   * Checks the service against the limits of the state.
   *
   * @throws MetadataTooLargeException naming the property, its size and the limit
   */
  static void check(ServiceRecord service) {
    Map<String, String> state = service.toState();
    int total = 0;
    for (Map.Entry<String, String> entry : state.entrySet()) {
      int key = bytes(entry.getKey());
      int value = bytes(entry.getValue());
      String property = property(entry.getKey());
      check(property, "name", key, Limits.KEY_BYTES, "bytes");
      check(property, "value", value, Limits.VALUE_BYTES, "bytes");
      total += key + value;
    }
    check(METADATA, "whole service", state.size(), Limits.STATE_KEYS, "entries");
    check(METADATA, "whole service", total, Limits.STATE_BYTES, "bytes");
  }

  /** Bytes of metadata. */
  static int metadataBytes(ServiceRecord service) {
    int total = 0;
    for (Map.Entry<String, String> entry : service.metadata().entrySet()) {
      total += bytes(entry.getKey()) + bytes(entry.getValue());
    }
    return total;
  }

  private static String property(String key) {
    if (key.startsWith(ServiceRecord.METADATA_PREFIX)) {
      return METADATA + "." + key.substring(ServiceRecord.METADATA_PREFIX.length());
    }
    String field = key.substring(key.indexOf('.') + 1);
    return switch (field) {
      case "id" -> "gossip.instance.service-id";
      case "instance" -> "gossip.instance.instance-id";
      default -> "gossip.instance." + field.replace("port.", "ports.");
    };
  }

  private static void check(String property, String what, int size, int limit, String unit) {
    if (size > limit) {
      throw new MetadataTooLargeException(property, what, size, limit, unit);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}

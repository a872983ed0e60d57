package io.gossip.spring.dashboard;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Headers of all that the dashboard answers. The page says most of its policy itself, too, for
 * those that lose headers on their way.
 */
final class Headers {

  static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    ALL.put(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    ALL.put("X-Content-Type-Options", "nosniff");
    ALL.put("Referrer-Policy", "no-referrer");
    ALL.put("Cache-Control", "no-cache");
  }

  private Headers() {}
}

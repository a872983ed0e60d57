package io.gossip.spring.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;
import org.springframework.web.util.HtmlUtils;

/** What the page is made of: these files and no other. They are read once. */
final class Assets {

  static final String PAGE = "index.html";

  private static final MimeType CSS = new MimeType("text", "css", StandardCharsets.UTF_8);
  private static final MimeType SCRIPT = new MimeType("text", "javascript", StandardCharsets.UTF_8);

  /** Names of the files that a browser may ask for. */
  static final List<String> NAMES =
      List.of(
          "dashboard.css",
          "main.js",
          "api.js",
          "charts.js",
          "dom.js",
          "lists.js",
          "map.js",
          "member.js",
          "timeline.js",
          "words.js");

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final String page;

  Assets() {
    NAMES.forEach(name -> files.put(name, read(name)));
    page = new String(read(PAGE), StandardCharsets.UTF_8);
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the dashboard lacks its " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page, with the places of what it reads. */
  byte[] page(Paths paths) {
    return page.replace("{assets}", HtmlUtils.htmlEscape(paths.assets()))
        .replace("{gossip}", HtmlUtils.htmlEscape(paths.from("gossip")))
        .replace("{events}", HtmlUtils.htmlEscape(paths.from("gossipevents")))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** One of the files; {@code null} if it is none. */
  byte @Nullable [] file(String name) {
    return files.get(name);
  }

  static MimeType type(String name) {
    return name.endsWith(".css") ? CSS : SCRIPT;
  }
}

package dev.palimpsest.web;

import dev.palimpsest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Addresses of style sheets, scripts and fonts, with their content's hash so that they may be kept.
 */
public final class Assets {
  private final Map<String, String> urls = new ConcurrentHashMap<>();

  Assets() {}

  /** Returns the address of a file under {@code static/}. */
  public String url(String name) {
    return urls.computeIfAbsent(name, key -> "/static/" + key + "?v=" + version("static/" + key));
  }

  private static String version(String resource) {
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + resource);
      }
      return Sha256.hex(in.readAllBytes()).substring(0, 12);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

package dev.palimpsest.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
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
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}

package dev.palimpsest.web.guard;

/**
 * Addresses that programs ask and that tell failures in JSON: the API, tus, and the figures for a
 * monitoring system.
 *
 * <p>They carry no form token. What stands in its place is that every change needs a header that
 * browsers let no form of another site send without asking first, which nothing here allows: {@code
 * Content-Type: application/json}, or {@code Tus-Resumable}.
 */
public final class Programs {
  private Programs() {}

  /** Tells whether a path, null for one that could not be read, is for programs. */
  public static boolean ask(String path) {
    return path != null
        && (path.startsWith("/api/") || path.startsWith("/files") || path.equals("/metrics"));
  }
}

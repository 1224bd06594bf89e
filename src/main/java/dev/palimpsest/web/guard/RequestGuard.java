package dev.palimpsest.web.guard;

import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests that did not come from this app's own pages or a local program.
 *
 * <p>Until there are users, whoever reaches the port may do everything; so a page of another site
 * must not reach it: not through a name that resolves to this machine (the Host header is checked),
 * not by posting across origins (Origin and Sec-Fetch-Site are). What comes from afar has to come
 * encrypted.
 */
public final class RequestGuard {
  /** The largest body of a form in bytes, that of a suite with its items. */
  public static final long LARGEST_FORM = 10L << 20;

  private static final long LARGEST_OTHER = 1_000_000;
  private static final Set<String> SUITES =
      Set.of("/suites", "/suites/new", "/api/v1/suites", "/api/v1/suite-checks");
  private static final String PIECE_OF_A_FILE = "application/offset+octet-stream";
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final Reach reach;

  public RequestGuard(Reach reach) {
    this.reach = reach;
  }

  /** Fails if the request must not be answered. */
  public void check(Context ctx) {
    checkHost(ctx);
    checkEncryption(ctx);
    checkMethod(ctx);
    if (!SAFE_METHODS.contains(ctx.req().getMethod())) {
      checkOrigin(ctx);
      checkBody(ctx);
      checkLength(ctx);
    }
  }

  /** Bodies that do not tell their length are cut off where they are read. */
  private static void checkLength(Context ctx) {
    long bytes = ctx.req().getContentLengthLong();
    if (SUITES.contains(ctx.path())) {
      if (bytes > LARGEST_FORM) {
        throw new WebException(
            413,
            String.format(
                Locale.ROOT,
                "The suite comes to %.1f MiB as it is sent, and at most 10 MiB are taken;"
                    + " make two suites of it.",
                bytes / (double) (1 << 20)));
      }
    } else if (bytes > LARGEST_OTHER && !PIECE_OF_A_FILE.equals(ctx.contentType())) {
      throw new WebException(413, "The request is too large; send less at once.");
    }
  }

  private void checkHost(Context ctx) {
    String host = ctx.header("Host");
    if (host == null || !reach.isNamedBy(host)) {
      throw new WebException(
          421,
          reach.isLocal()
              ? "This server answers to localhost only; open it by http://localhost and its port."
              : "This server does not answer to that name; start it with --name and the name.");
    }
  }

  private void checkEncryption(Context ctx) {
    if (reach.proxy().isPresent() && !FromProxy.isOn(ctx.req()) && !isHealth(ctx)) {
      throw new WebException(
          403,
          "This server is asked through its proxy over HTTPS only; open the proxy's address, and"
              + " let it set X-Forwarded-For and X-Forwarded-Proto.");
    }
  }

  /** Supervisors ask on the machine itself. */
  private static boolean isHealth(Context ctx) {
    return ctx.path().startsWith("/healthz/") || ctx.path().equals("/metrics");
  }

  /** The framework would take the method from this header, past every check that looks at it. */
  private static void checkMethod(Context ctx) {
    if (ctx.header("X-HTTP-Method-Override") != null) {
      throw new WebException(
          400, "The method cannot be overridden by a header; send the request as it is meant.");
    }
  }

  private static void checkOrigin(Context ctx) {
    String site = ctx.header("Sec-Fetch-Site");
    String origin = ctx.header("Origin");
    boolean elsewhere =
        (site != null && !site.equals("same-origin"))
            || (origin != null && !origin.equals(scheme(ctx) + ctx.header("Host")));
    if (elsewhere) {
      throw new WebException(
          403, "The request came from another site and was not carried out; use the app's pages.");
    }
  }

  private static String scheme(Context ctx) {
    return ctx.req().isSecure() ? "https://" : "http://";
  }

  private static void checkBody(Context ctx) {
    String type = ctx.contentType();
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw new WebException(
          415, "Multipart bodies are not taken; files are uploaded on the page for checkpoints.");
    }
    String encoding = ctx.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new WebException(
          415, "Compressed request bodies are not taken; send it without Content-Encoding.");
    }
  }
}

package dev.palimpsest.web.guard;

import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** Sets on every answer what the browser may do with it, with a fresh script nonce. */
public final class SecurityHeaders {
  private static final String NONCE = "palimpsest.nonce";
  private static final int NONCE_BYTES = 16;

  private static final String POLICY = "Content-Security-Policy";

  /** A year, the least that ASVS 5.0.0 takes (3.4.1). */
  private static final String ONLY_HTTPS = "max-age=31536000";

  private static final Map<String, String> FIXED =
      Map.of(
          POLICY,
          policy("'none'"),
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin",
          "X-Frame-Options",
          "DENY",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-cache");

  private final SecureRandom random = new SecureRandom();

  /** Sets the headers; the first thing that happens to a request. */
  public void set(Context ctx) {
    String nonce = newNonce();
    ctx.attribute(NONCE, nonce);
    fixed().forEach(ctx::header);
    if (ctx.req().isSecure()) {
      ctx.header("Strict-Transport-Security", ONLY_HTTPS);
    }
    ctx.header(POLICY, policy("'nonce-" + nonce + "'"));
  }

  /** Returns the headers of an answer in which no script runs. */
  static Map<String, String> fixed() {
    return FIXED;
  }

  private static String policy(String scripts) {
    return "default-src 'none'; script-src "
        + scripts
        + "; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
        + " form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";
  }

  /** Makes a download inert even if it is opened in the browser. */
  public static void inert(Context ctx) {
    ctx.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  }

  /** Returns the nonce that the scripts of this answer carry. */
  public static String nonce(Context ctx) {
    String nonce = ctx.attribute(NONCE);
    return nonce == null ? "" : nonce;
  }

  private String newNonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

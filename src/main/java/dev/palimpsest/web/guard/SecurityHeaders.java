package dev.palimpsest.web.guard;

import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.Base64;

/** Sets on every answer what the browser may do with it, with a fresh script nonce. */
public final class SecurityHeaders {
  private static final String NONCE = "palimpsest.nonce";
  private static final int NONCE_BYTES = 16;

  private final SecureRandom random = new SecureRandom();

  /** Sets the headers; the first thing that happens to a request. */
  public void set(Context ctx) {
    String nonce = newNonce();
    ctx.attribute(NONCE, nonce);
    ctx.header(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'nonce-"
            + nonce
            + "'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
            + " form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'");
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "same-origin");
    ctx.header("X-Frame-Options", "DENY");
    ctx.header("Cross-Origin-Opener-Policy", "same-origin");
    ctx.header("Cross-Origin-Resource-Policy", "same-origin");
    ctx.header("Cache-Control", "no-cache");
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

package dev.palimpsest.web.guard;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;

/**
 * The cookie that says who is signed in: scripts cannot read it, and other sites' forms do not send
 * it. Over HTTPS its name begins with {@code __Host-}, which no other host can set.
 */
public final class SessionCookie {
  private static final String NAME = "palimpsest_session";

  private SessionCookie() {}

  /** Returns the secret that the browser sent, null if it sent none. */
  static String read(Context ctx) {
    return ctx.cookie(name(ctx));
  }

  /** Gives the browser a secret; it goes when the browser is closed. */
  public static void set(Context ctx, String secret) {
    write(ctx, secret, -1);
  }

  /** Takes the secret away from the browser. */
  public static void clear(Context ctx) {
    write(ctx, "", 0);
  }

  private static void write(Context ctx, String secret, int seconds) {
    boolean secure = ctx.req().isSecure();
    ctx.cookie(new Cookie(name(ctx), secret, "/", seconds, secure, true, null, SameSite.LAX));
  }

  private static String name(Context ctx) {
    return ctx.req().isSecure() ? "__Host-" + NAME : NAME;
  }
}

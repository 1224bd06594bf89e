package dev.palimpsest.web.guard;

import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ties a form to the browser it was shown in: the form carries a keyed hash of a cookie that
 * scripts cannot read and other sites do not get sent, and of the session. The key lives as long as
 * the process.
 */
public final class FormTokens {
  /** The name of the hidden field. */
  public static final String FIELD = "_token";

  private static final String COOKIE = "palimpsest_browser";
  private static final String SEEN = "palimpsest.browser";
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final byte[] key = randomBytes();

  /** Returns the token for the forms of this page, giving the browser its cookie if it has none. */
  public String token(Context ctx) {
    return hash(browser(ctx) + session(ctx));
  }

  /** A form that was shown before somebody signed in or out is out of date. */
  private static String session(Context ctx) {
    return Visitor.signedIn(ctx).map(visitor -> "\n" + visitor.session().id()).orElse("");
  }

  /** Fails unless the form was shown in this browser by this process. */
  void check(Context ctx) {
    String browser = ctx.cookie(name(ctx));
    String token = ctx.formParam(FIELD);
    boolean genuine =
        browser != null
            && token != null
            && MessageDigest.isEqual(
                hash(browser + session(ctx)).getBytes(StandardCharsets.UTF_8),
                token.getBytes(StandardCharsets.UTF_8));
    if (!genuine) {
      throw new WebException(
          403, "This form is out of date; open its page again and send it from there.");
    }
  }

  private String browser(Context ctx) {
    String browser = ctx.cookie(name(ctx));
    if (browser == null) {
      browser = ctx.attribute(SEEN);
    }
    if (browser == null) {
      browser = Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
      ctx.attribute(SEEN, browser);
      boolean secure = ctx.req().isSecure();
      ctx.cookie(new Cookie(name(ctx), browser, "/", -1, secure, true, null, SameSite.STRICT));
    }
    return browser;
  }

  private static String name(Context ctx) {
    return ctx.req().isSecure() ? "__Host-" + COOKIE : COOKIE;
  }

  private String hash(String browser) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] hash = mac.doFinal(browser.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has HmacSHA256", missing);
    }
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return bytes;
  }
}

package dev.palimpsest.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.Json;
import dev.palimpsest.oidc.Attempt;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps a sign-in that is under way at the provider in the browser that began it, sealed by a key
 * that lives as long as the process: whoever begins many takes no room here, and an answer that is
 * carried into another browser finds nothing. Each counts once.
 */
final class AttemptCookie {
  private static final String NAME = "palimpsest_attempt";
  private static final int KEY_BYTES = 32;
  private static final int MOST_TAKEN = 20_000;

  private final Clock clock;
  private final byte[] key = new byte[KEY_BYTES];
  private final Map<String, Instant> taken = new HashMap<>();

  AttemptCookie(Clock clock) {
    this.clock = clock;
    new SecureRandom().nextBytes(key);
  }

  /**
   * What is kept.
   *
   * @param next where the visitor goes on
   * @param session in which somebody proves anew who it is, "" where somebody signs in
   */
  record Kept(Attempt attempt, String next, String session) {}

  void keep(Context ctx, Kept kept) {
    try {
      byte[] plain = Json.mapper().writeValueAsBytes(kept);
      String body = Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
      write(ctx, body + "." + seal(body), (int) Attempt.LASTS.toSeconds());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts and times", e);
    }
  }

  /** Returns the sign-in that waits in this browser for an answer with a state, once. */
  Optional<Kept> take(Context ctx, String state) {
    Optional<Kept> kept =
        Optional.ofNullable(ctx.cookie(name(ctx)))
            .flatMap(this::open)
            .filter(one -> one.attempt().awaits(state, Instant.now(clock)))
            .filter(one -> isFirst(one.attempt()));
    kept.ifPresent(one -> write(ctx, "", 0));
    return kept;
  }

  private Optional<Kept> open(String cookie) {
    String[] parts = cookie.split("\\.", 2);
    boolean genuine =
        parts.length == 2
            && MessageDigest.isEqual(
                seal(parts[0]).getBytes(StandardCharsets.UTF_8),
                parts[1].getBytes(StandardCharsets.UTF_8));
    if (!genuine) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Json.mapper().readValue(Base64.getUrlDecoder().decode(parts[0]), Kept.class));
    } catch (java.io.IOException e) {
      throw new IllegalStateException("what was sealed here reads as it was written", e);
    }
  }

  private synchronized boolean isFirst(Attempt attempt) {
    Instant now = Instant.now(clock);
    taken.values().removeIf(end -> end.isBefore(now));
    if (taken.size() >= MOST_TAKEN) {
      taken.clear();
    }
    return taken.put(attempt.state(), attempt.startedAt().plus(Attempt.LASTS)) == null;
  }

  private String seal(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has HmacSHA256", missing);
    }
  }

  /** Lax: the provider sends the browser back from its own site. */
  private static void write(Context ctx, String text, int seconds) {
    boolean secure = ctx.req().isSecure();
    ctx.cookie(new Cookie(name(ctx), text, "/", seconds, secure, true, null, SameSite.LAX));
  }

  private static String name(Context ctx) {
    return ctx.req().isSecure() ? "__Host-" + NAME : NAME;
  }
}

package dev.palimpsest.web.guard;

import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * The one filter between a route that matched and its page: the visitor has the role that the route
 * needs, and whatever changes something comes from a form of this app.
 */
public final class Access {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final FormTokens tokens;
  private final Visitors visitors;

  public Access(FormTokens tokens, Visitors visitors) {
    this.tokens = tokens;
    this.visitors = visitors;
  }

  /** Fails if the request must not be carried out. Files of the app itself match no route. */
  public void check(Context ctx) {
    if (ctx.endpoints().matchedHttpEndpoint() == null) {
      return;
    }
    Set<Role> needed = needed(ctx);
    Visitor visitor = needsNobody(ctx) ? new Visitor.Nobody() : visitors.of(ctx);
    ctx.attribute(Visitor.ATTRIBUTE, visitor);
    if (visitor instanceof Visitor.SignedIn) {
      ctx.header("Cache-Control", "no-store");
    }
    for (Role role : needed) {
      boolean watching = role == Role.WATCHER && Visitors.isOnThisMachine(ctx);
      if (!watching && !visitor.has(role, ctx.path())) {
        refuse(ctx, visitor, role);
        return;
      }
    }
    boolean changing = !READING.contains(ctx.req().getMethod());
    if (changing && !Programs.ask(ctx.path()) && !(visitor instanceof Visitor.Program)) {
      tokens.check(ctx);
    }
  }

  /** The health pages are answered when the database is down, too. */
  private static boolean needsNobody(Context ctx) {
    return ctx.path().startsWith("/healthz/");
  }

  private void refuse(Context ctx, Visitor visitor, Role role) {
    if (!(visitor instanceof Visitor.Nobody) || visitors.isOpen()) {
      throw new WebException(
          403,
          role == Role.ONESELF
              ? "This is for people who are signed in and not for programs; open it in a browser."
              : "This needs the role of "
                  + role.person()
                  + scope(visitor)
                  + "; ask who runs this installation.");
    }
    if (ctx.req().getMethod().equals("GET") && !Programs.ask(ctx.path())) {
      ctx.redirect("/sign-in?next=" + URLEncoder.encode(asked(ctx), StandardCharsets.UTF_8));
      ctx.skipRemainingHandlers();
      return;
    }
    throw new WebException(
        401, "Nobody is signed in, or the session is over; sign in and try again.");
  }

  private static String scope(Visitor visitor) {
    return visitor instanceof Visitor.Program ? ", and a token with the scope for it" : "";
  }

  private static String asked(Context ctx) {
    String query = ctx.queryString();
    return ctx.path() + (query == null ? "" : "?" + query);
  }

  private static Set<Role> needed(Context ctx) {
    Set<Role> needed = EnumSet.noneOf(Role.class);
    ctx.routeRoles().forEach(role -> needed.add((Role) role));
    if (needed.isEmpty()) {
      throw new IllegalStateException("a route names no role: " + ctx.path());
    }
    return needed;
  }
}

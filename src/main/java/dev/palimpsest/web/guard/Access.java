package dev.palimpsest.web.guard;

import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Set;

/**
 * The one filter between a route that matched and its page: the visitor has the role that the route
 * needs, and whatever changes something comes from a form of this app.
 */
public final class Access {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final FormTokens tokens;

  public Access(FormTokens tokens) {
    this.tokens = tokens;
  }

  /** Fails if the request must not be carried out. Files of the app itself match no route. */
  public void check(Context ctx) {
    if (ctx.endpoints().matchedHttpEndpoint() == null) {
      return;
    }
    Set<Role> granted = granted(ctx);
    for (Role needed : needed(ctx)) {
      if (!granted.contains(needed)) {
        throw new WebException(
            403, "This needs the role of " + needed.label() + "; ask who runs this installation.");
      }
    }
    boolean changing = !READING.contains(ctx.req().getMethod());
    if (changing && !Programs.ask(ctx.path())) {
      tokens.check(ctx);
    }
  }

  private static Set<Role> needed(Context ctx) {
    Set<Role> needed = EnumSet.noneOf(Role.class);
    ctx.routeRoles().forEach(role -> needed.add((Role) role));
    if (needed.isEmpty()) {
      throw new IllegalStateException("a route names no role: " + ctx.path());
    }
    return needed;
  }

  /** Until there are accounts, whoever works on this machine may do everything, others nothing. */
  private static Set<Role> granted(Context ctx) {
    return isOfThisMachine(ctx.req().getRemoteAddr())
        ? EnumSet.allOf(Role.class)
        : EnumSet.of(Role.ANYONE);
  }

  private static boolean isOfThisMachine(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}

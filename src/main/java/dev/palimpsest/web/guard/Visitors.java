package dev.palimpsest.web.guard;

import dev.palimpsest.account.ApiToken;
import dev.palimpsest.account.ApiTokens;
import dev.palimpsest.account.Session;
import dev.palimpsest.account.Sessions;
import dev.palimpsest.account.User;
import dev.palimpsest.account.Users;
import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Finds out who sent a request: by a program's token, by a browser's cookie, or by the machine. */
public final class Visitors {
  private static final String SCHEME = "Bearer ";

  private final Users users;
  private final Sessions sessions;
  private final ApiTokens tokens;

  /** Once there are users there always are. */
  private volatile boolean peopled;

  public Visitors(Users users, Sessions sessions, ApiTokens tokens) {
    this.users = users;
    this.sessions = sessions;
    this.tokens = tokens;
  }

  /** Tells whether nobody has to sign in, as there are no users. */
  public boolean isOpen() {
    if (!peopled) {
      peopled = !users.isEmpty();
    }
    return !peopled;
  }

  /**
   * Returns who sent a request.
   *
   * @throws WebException if it carries a token that is none
   */
  Visitor of(Context ctx) {
    String authorization = ctx.header("Authorization");
    if (authorization != null && authorization.startsWith(SCHEME)) {
      return program(authorization.substring(SCHEME.length()).strip());
    }
    if (isOpen()) {
      return isOfThisMachine(ctx.req().getRemoteAddr())
          ? new Visitor.Local()
          : new Visitor.Nobody();
    }
    String secret = SessionCookie.read(ctx);
    return secret == null || secret.isEmpty()
        ? new Visitor.Nobody()
        : signedIn(secret).orElseGet(Visitor.Nobody::new);
  }

  private Optional<Visitor> signedIn(String secret) {
    Optional<Session> session = sessions.of(secret);
    return session
        .flatMap(found -> active(found.userId()))
        .map(user -> new Visitor.SignedIn(user, session.orElseThrow()));
  }

  /** A wrong token is refused also where none is needed: whoever sends one means to be known. */
  private Visitor program(String secret) {
    Optional<ApiToken> token = tokens.of(secret);
    return token
        .flatMap(found -> active(found.userId()).map(user -> new Visitor.Program(user, found)))
        .orElseThrow(
            () ->
                new WebException(
                    401,
                    "The token is not one of this installation, or it has ended; make another one"
                        + " on the page of your account."));
  }

  private Optional<User> active(String id) {
    return users.withId(id).filter(user -> !user.disabled());
  }

  /** Tells whether a request came from this machine itself, not even by a proxy on it. */
  static boolean isOnThisMachine(Context ctx) {
    return ctx.header("X-Forwarded-For") == null
        && ctx.header("X-Forwarded-Proto") == null
        && ctx.header("Forwarded") == null
        && isOfThisMachine(ctx.req().getRemoteAddr());
  }

  private static boolean isOfThisMachine(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}

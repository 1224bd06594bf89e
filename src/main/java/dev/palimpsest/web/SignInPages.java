package dev.palimpsest.web;

import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.SignIn;
import dev.palimpsest.account.User;
import dev.palimpsest.oidc.Provider;
import dev.palimpsest.oidc.ProviderException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.SessionCookie;
import dev.palimpsest.web.guard.Visitor;
import dev.palimpsest.web.guard.Visitor.SignedIn;
import dev.palimpsest.web.guard.Visitors;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in and out. */
final class SignInPages {
  private static final Logger LOG = LoggerFactory.getLogger(SignInPages.class);
  private static final String HOME = "/audits";

  private final Accounts accounts;
  private final Visitors visitors;
  private final Optional<Provider> provider;
  private final Views views;

  SignInPages(Accounts accounts, Visitors visitors, Optional<Provider> provider, Views views) {
    this.accounts = accounts;
    this.visitors = visitors;
    this.provider = provider;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/sign-in", this::show, Role.ANYONE);
    routes.post("/sign-in", this::signIn, Role.ANYONE);
    routes.post("/sign-out", this::signOut, Role.ANYONE);
  }

  private void show(Context ctx) {
    if (visitors.isOpen() || Visitor.signedIn(ctx).isPresent()) {
      ctx.redirect(next(ctx));
    } else {
      form(ctx, "");
    }
  }

  /** Shows the form, with what went wrong before. */
  void form(Context ctx, String problem) {
    Map<String, Object> model = new HashMap<>();
    model.put("problem", problem);
    model.put("name", Form.typed(ctx, "name"));
    model.put("next", next(ctx));
    model.put("provider", provider.map(Provider::name).orElse(""));
    views.page(ctx, "sign-in", model);
  }

  private void signIn(Context ctx) {
    String address = ctx.req().getRemoteAddr();
    try {
      SignIn.Proved proved =
          accounts
              .signIn()
              .take(
                  new SignIn.Attempt(
                      Form.typed(ctx, "name"),
                      Form.typed(ctx, "password"),
                      Form.typed(ctx, "code"),
                      address));
      begin(ctx, accounts, proved.user(), proved.secondFactor());
      ctx.redirect(next(ctx));
    } catch (AccountException wrong) {
      LOG.info("a sign-in from {} failed", address);
      ctx.status(403);
      form(ctx, wrong.getMessage());
    }
  }

  /** Begins a session with a secret of its own and ends the one that the browser had. */
  static void begin(Context ctx, Accounts accounts, User user, boolean secondFactor) {
    Visitor.signedIn(ctx).ifPresent(old -> accounts.sessions().end(old.user(), old.session().id()));
    String address = ctx.req().getRemoteAddr();
    String browser = Optional.ofNullable(ctx.userAgent()).orElse("");
    SessionCookie.set(ctx, accounts.sessions().begin(user, address, browser, secondFactor));
    LOG.info("{} signed in from {}", user.name(), address);
  }

  private void signOut(Context ctx) {
    Optional<SignedIn> signedIn = Visitor.signedIn(ctx);
    signedIn.ifPresent(
        visitor -> {
          accounts.sessions().end(visitor.user(), visitor.session().id());
          LOG.info("{} signed out", visitor.user().name());
        });
    SessionCookie.clear(ctx);
    ctx.header("Clear-Site-Data", "\"cache\"");
    if (signedIn.filter(visitor -> visitor.session().isByProvider()).isPresent()
        && offersSignOut()) {
      views.page(
          ctx,
          "go-on",
          Map.of(
              "title",
              "You are signed out here",
              "address",
              "/sign-in/provider/end",
              "refresh",
              "0;url=/sign-in/provider/end"));
    } else {
      ctx.redirect("/sign-in");
    }
  }

  private boolean offersSignOut() {
    try {
      return provider.flatMap(one -> one.signOut(URI.create("/sign-in"))).isPresent();
    } catch (ProviderException unreachable) {
      return false;
    }
  }

  /** Returns where the visitor wanted to go, if that is an address of this app. */
  static String next(Context ctx) {
    String next = Optional.ofNullable(ctx.queryParam("next")).orElse(Form.typed(ctx, "next"));
    return next.matches("/(?![/\\\\])[\\x21-\\x7e]{0,1999}") ? next : HOME;
  }
}

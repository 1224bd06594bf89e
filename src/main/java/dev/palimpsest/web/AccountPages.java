package dev.palimpsest.web;

import dev.palimpsest.WordingException;
import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.ApiToken.Scope;
import dev.palimpsest.account.Session;
import dev.palimpsest.account.User;
import dev.palimpsest.oidc.Provider;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import dev.palimpsest.web.guard.Visitor.SignedIn;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What people see and change of their own account: password, sessions, programs' tokens. */
final class AccountPages {
  private static final String PATH = "/account";

  private final Accounts accounts;
  private final Optional<Provider> provider;
  private final Views views;

  AccountPages(Accounts accounts, Optional<Provider> provider, Views views) {
    this.accounts = accounts;
    this.provider = provider;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get(PATH, this::show, Role.ONESELF);
    routes.post(PATH + "/password", this::setPassword, Role.ONESELF);
    routes.post(PATH + "/sessions/{id}/end", this::endSession, Role.ONESELF);
    routes.post(PATH + "/end-other-sessions", this::endOthers, Role.ONESELF);
    routes.post(PATH + "/tokens", this::addToken, Role.ONESELF);
    routes.post(PATH + "/tokens/{id}/end", this::endToken, Role.ONESELF);
  }

  /** Returns who is signed in, for pages that are of use to somebody only. */
  static SignedIn person(Context ctx) {
    return Visitor.signedIn(ctx)
        .orElseThrow(
            () ->
                new WebException(
                    409, "There are no accounts here yet; make the first one on the page /setup."));
  }

  private void show(Context ctx) {
    if (Visitor.signedIn(ctx).isEmpty()) {
      views.page(ctx, "no-accounts", Map.of("file", accounts.setUp().file().toString()));
      return;
    }
    page(ctx, "", "");
  }

  /** The secret of a new token is shown on the answer to its form and nowhere else. */
  private void page(Context ctx, String problem, String secret) {
    SignedIn visitor = person(ctx);
    User user = visitor.user();
    Map<String, Object> model = new HashMap<>();
    model.put("problem", problem);
    model.put("secret", secret);
    model.put("user", user);
    model.put("hasPassword", accounts.passwords().isSet(user));
    model.put("provider", provider.map(Provider::name).orElse("a provider"));
    model.put("current", visitor.session());
    List<Session> sessions = accounts.sessions().of(user);
    model.put("sessions", sessions);
    model.put(
        "browsers",
        sessions.stream()
            .collect(Collectors.toMap(Session::id, one -> BrowserName.of(one.browser()))));
    model.put("tokens", accounts.tokens().of(user));
    model.put("scopes", List.of(Scope.values()));
    model.put("key", accounts.keys().current(user).orElse(null));
    model.put("hasFactor", accounts.factors().isSetUp(user));
    model.put("recoveryLeft", accounts.factors().recoveryCodesLeft(user));
    views.page(ctx, "account", model);
  }

  private void refuse(Context ctx, String sentence) {
    ctx.status(400);
    page(ctx, sentence, "");
  }

  /** Every session ends, this one too; it goes on with a secret of its own. */
  private void setPassword(Context ctx) {
    SignedIn visitor = person(ctx);
    try {
      SetUpPages.requireSame(ctx);
      accounts.signIn().confirm(visitor.user(), Form.typed(ctx, "old"), ctx.req().getRemoteAddr());
      accounts
          .by(Visitor.actor(ctx))
          .passwords()
          .change(visitor.user(), Form.typed(ctx, "old"), Form.typed(ctx, "password"));
      SignInPages.begin(ctx, accounts, visitor.user(), visitor.session().secondFactor());
      ctx.redirect(PATH);
    } catch (AccountException wrong) {
      refuse(ctx, wrong.getMessage());
    }
  }

  private void endSession(Context ctx) {
    accounts.sessions().end(person(ctx).user(), ctx.pathParam("id"));
    ctx.redirect(PATH);
  }

  private void endOthers(Context ctx) {
    SignedIn visitor = person(ctx);
    accounts.sessions().endOthers(visitor.user(), visitor.session().id());
    ctx.redirect(PATH);
  }

  private void addToken(Context ctx) {
    try {
      String secret =
          accounts
              .by(Visitor.actor(ctx))
              .tokens()
              .add(person(ctx).user(), Form.typed(ctx, "title"), scopes(ctx), days(ctx));
      page(ctx, "", secret);
    } catch (AccountException | WordingException wrong) {
      refuse(ctx, wrong.getMessage());
    }
  }

  private static Set<Scope> scopes(Context ctx) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (Scope scope : Scope.values()) {
      if (ctx.formParams("scope").contains(scope.label())) {
        scopes.add(scope);
      }
    }
    return scopes;
  }

  private static int days(Context ctx) {
    String typed = Form.typed(ctx, "days").strip();
    return typed.matches("\\d{1,4}") ? Integer.parseInt(typed) : 0;
  }

  private void endToken(Context ctx) {
    accounts.by(Visitor.actor(ctx)).tokens().end(person(ctx).user(), ctx.pathParam("id"));
    ctx.redirect(PATH);
  }
}

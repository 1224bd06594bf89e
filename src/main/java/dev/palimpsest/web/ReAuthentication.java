package dev.palimpsest.web;

import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.oidc.Provider;
import dev.palimpsest.web.guard.Visitor.SignedIn;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Whoever leaves a browser open has not signed: before a decision the password is given anew, or
 * the provider by which the session began asks the person anew.
 */
final class ReAuthentication {
  private final Accounts accounts;
  private final Optional<Provider> provider;
  private final Clock clock;

  ReAuthentication(Accounts accounts, Optional<Provider> provider, Clock clock) {
    this.accounts = accounts;
    this.provider = provider;
    this.clock = clock;
  }

  /** Tells the page of a form what it has to ask for. */
  void describe(Optional<SignedIn> signer, Map<String, Object> model) {
    Optional<SignedIn> stale = signer.filter(one -> !isConfirmed(one));
    model.put("asksForPassword", stale.filter(one -> !one.session().isByProvider()).isPresent());
    model.put(
        "asksProvider",
        stale.filter(one -> one.session().isByProvider()).map(one -> name()).orElse(""));
    model.put("lacksFactor", signer.filter(ReAuthentication::lacksFactor).isPresent());
  }

  private String name() {
    return provider.map(Provider::name).orElse("the provider");
  }

  /** Tells whether nothing can be signed in the session, whatever is given anew. */
  static boolean lacksFactor(SignedIn signer) {
    return !signer.session().maySign();
  }

  /**
   * Takes the password of a form where one is needed.
   *
   * @throws AccountException if it is wrong, or the provider has to ask first
   */
  void require(Context ctx, SignedIn signer) {
    if (isConfirmed(signer)) {
      return;
    }
    if (signer.session().isByProvider()) {
      throw new AccountException(
          "Prove at "
              + name()
              + " once more who you are, as that was more than five minutes ago, then sign.");
    }
    accounts
        .signIn()
        .confirm(signer.user(), Form.typed(ctx, "password"), ctx.req().getRemoteAddr());
    accounts.sessions().confirm(signer.session());
  }

  private boolean isConfirmed(SignedIn signer) {
    return signer.session().isConfirmed(Instant.now(clock));
  }
}

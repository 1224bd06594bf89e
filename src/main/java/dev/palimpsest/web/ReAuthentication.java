package dev.palimpsest.web;

import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.PersonalKey;
import dev.palimpsest.account.PersonalKeys;
import dev.palimpsest.oidc.Provider;
import dev.palimpsest.web.guard.Visitor.SignedIn;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Whoever leaves a browser open has not signed: at each decision the password is given anew, which
 * opens the person's key for it, or the provider by which the session began asks the person anew.
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
    Optional<SignedIn> withPassword = signer.filter(one -> !one.session().isByProvider());
    model.put("asksForPassword", withPassword.isPresent());
    model.put(
        "ownKey",
        withPassword
            .flatMap(one -> accounts.keys().current(one.user()))
            .map(PersonalKey::id)
            .orElse(""));
    model.put(
        "asksProvider",
        signer
            .filter(one -> one.session().isByProvider() && !isConfirmed(one))
            .map(one -> name())
            .orElse(""));
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
   * Takes the password of a form, and opens the person's key by it.
   *
   * @return the key to sign with; none of a person who signs in by a provider, for whom the
   *     installation's key signs
   * @throws AccountException if the password is wrong, or the provider has to ask first
   */
  Optional<PersonalKeys.Opened> require(Context ctx, SignedIn signer) {
    if (!signer.session().isByProvider()) {
      String password = Form.typed(ctx, "password");
      accounts.signIn().confirm(signer.user(), password, ctx.req().getRemoteAddr());
      return Optional.of(accounts.keys().open(signer.user(), password));
    }
    if (!isConfirmed(signer)) {
      throw new AccountException(
          "Prove at "
              + name()
              + " once more who you are, as that was more than five minutes ago, then sign.");
    }
    return Optional.empty();
  }

  private boolean isConfirmed(SignedIn signer) {
    return signer.session().isConfirmed(Instant.now(clock));
  }
}

package dev.palimpsest.web;

import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.User;
import dev.palimpsest.oidc.Attempt;
import dev.palimpsest.oidc.ProvedPerson;
import dev.palimpsest.oidc.Provider;
import dev.palimpsest.oidc.ProviderException;
import dev.palimpsest.web.AttemptCookie.Kept;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.SessionCookie;
import dev.palimpsest.web.guard.Visitor;
import dev.palimpsest.web.guard.Visitor.SignedIn;
import dev.palimpsest.web.guard.Visitors;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing in by a provider, and proving anew there who one is. Begun by links and not by forms,
 * which the policy of these pages keeps on this site; what follows the provider's answer is a page
 * that goes on by itself, so that the browser sends the cookies it keeps from other sites.
 */
final class ProviderPages {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderPages.class);
  private static final String PATH = "/sign-in/provider";
  private static final String BACK = PATH + "/callback";
  private static final String UNKNOWN =
      "This sign-in was not begun in this browser, was used already or took longer than ten"
          + " minutes; begin it again.";

  private final Optional<Provider> provider;
  private final Accounts accounts;
  private final Visitors visitors;
  private final SignInPages signIn;
  private final Views views;
  private final Clock clock;
  private final AttemptCookie attempts;

  ProviderPages(
      Optional<Provider> provider,
      Accounts accounts,
      Visitors visitors,
      SignInPages signIn,
      Views views,
      Clock clock) {
    this.provider = provider;
    this.accounts = accounts;
    this.visitors = visitors;
    this.signIn = signIn;
    this.views = views;
    this.clock = clock;
    this.attempts = new AttemptCookie(clock);
  }

  void routes(RoutesConfig routes) {
    routes.get(PATH, this::begin, Role.ANYONE);
    routes.get(PATH + "/anew", this::beginAnew, Role.ONESELF);
    routes.get(BACK, this::answered, Role.ANYONE);
    routes.get(PATH + "/end", this::end, Role.ANYONE);
  }

  private Provider provider() {
    return provider.orElseThrow(
        () ->
            new WebException(
                404, "Nobody signs in by a provider here; sign in with a password instead."));
  }

  private void begin(Context ctx) {
    Provider asked = provider();
    if (visitors.isOpen()) {
      throw new WebException(
          409,
          "There is no administrator here yet; make the first one on the page /setup, and sign in"
              + " by "
              + asked.name()
              + " then.");
    }
    send(ctx, "");
  }

  private void beginAnew(Context ctx) {
    provider();
    send(ctx, AccountPages.person(ctx).session().id());
  }

  private void send(Context ctx, String session) {
    URI redirect = URI.create(site(ctx) + BACK);
    Attempt attempt = Attempt.begin(redirect, !session.isEmpty(), Instant.now(clock));
    try {
      String there = provider().authorize(attempt).toString();
      attempts.keep(ctx, new Kept(attempt, SignInPages.next(ctx), session));
      ctx.redirect(there);
    } catch (ProviderException unreachable) {
      refuse(ctx, 502, unreachable.getMessage());
    }
  }

  /** By the name that the browser used, which is one of this server's. */
  private static String site(Context ctx) {
    return (ctx.req().isSecure() ? "https://" : "http://") + ctx.header("Host");
  }

  private void answered(Context ctx) {
    provider();
    ctx.header("Cache-Control", "no-store");
    Optional<Kept> kept = attempts.take(ctx, query(ctx, "state"));
    if (kept.isEmpty()) {
      LOG.info("an answer that nobody waits for came from {}", ctx.req().getRemoteAddr());
      refuse(ctx, 403, UNKNOWN);
      return;
    }
    try {
      ProvedPerson proved = provider().redeem(kept.get().attempt(), answer(ctx));
      if (kept.get().attempt().anew()) {
        confirm(ctx, kept.get(), proved);
      } else {
        enter(ctx, proved);
      }
      goOn(ctx, "You are signed in", kept.get().next());
    } catch (ProviderException wrong) {
      LOG.info("a sign-in from {}: {}", ctx.req().getRemoteAddr(), wrong.getMessage());
      refuse(ctx, 403, wrong.getMessage());
    } catch (AccountException refused) {
      LOG.info("somebody from {} is not let in here", ctx.req().getRemoteAddr());
      refuse(ctx, 403, refused.getMessage());
    }
  }

  private static Provider.Answer answer(Context ctx) {
    return new Provider.Answer(query(ctx, "code"), query(ctx, "error"), query(ctx, "iss"));
  }

  private static String query(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).orElse("");
  }

  private void enter(Context ctx, ProvedPerson proved) {
    User user =
        accounts.identities().arrive(proved.person(), proved.role(), provider().isForInvited());
    Visitor.signedIn(ctx).ifPresent(old -> accounts.sessions().end(old.user(), old.session().id()));
    String address = ctx.req().getRemoteAddr();
    String browser = Optional.ofNullable(ctx.userAgent()).orElse("");
    SessionCookie.set(
        ctx,
        accounts
            .sessions()
            .beginBy(proved.person().issuer(), proved.proof(), user, address, browser));
    LOG.info("{} signed in by the provider from {}", user.name(), address);
  }

  /** Only the person whose session it is confirms it, in the browser that asked. */
  private void confirm(Context ctx, Kept kept, ProvedPerson proved) {
    SignedIn visitor =
        Visitor.signedIn(ctx)
            .filter(one -> one.session().id().equals(kept.session()))
            .filter(one -> one.session().issuer().equals(proved.person().issuer()))
            .orElseThrow(() -> new AccountException(UNKNOWN));
    boolean same =
        accounts
            .identities()
            .user(proved.person().issuer(), proved.person().subject())
            .filter(user -> user.id().equals(visitor.user().id()))
            .isPresent();
    if (!same) {
      throw new AccountException(
          "You proved to be somebody else than is signed in here; sign out and in again as the one"
              + " you are.");
    }
    accounts.identities().confirm(visitor.session(), proved.proof());
    LOG.info("{} proved anew who it is", visitor.user().name());
  }

  private void goOn(Context ctx, String title, String address) {
    views.page(
        ctx, "go-on", Map.of("title", title, "address", address, "refresh", "0;url=" + address));
  }

  private void refuse(Context ctx, int status, String sentence) {
    if (Visitor.signedIn(ctx).isPresent()) {
      throw new WebException(status, sentence);
    }
    ctx.status(status);
    signIn.form(ctx, sentence);
  }

  /** The session here is over already; the provider's is ended where it offers that. */
  private void end(Context ctx) {
    try {
      URI back = URI.create(site(ctx) + "/sign-in");
      ctx.redirect(provider().signOut(back).map(URI::toString).orElse("/sign-in"));
    } catch (ProviderException unreachable) {
      refuse(ctx, 502, "You are signed out here and not there: " + unreachable.getMessage());
    }
  }
}

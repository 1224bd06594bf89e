package dev.palimpsest.web;

import dev.palimpsest.WordingException;
import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.oidc.Provider;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may do what: the administrator's page. */
final class UserPages {
  private static final Logger LOG = LoggerFactory.getLogger(UserPages.class);
  private static final String PATH = "/users";

  private final Accounts accounts;
  private final Optional<Provider> provider;
  private final Views views;

  UserPages(Accounts accounts, Optional<Provider> provider, Views views) {
    this.accounts = accounts;
    this.provider = provider;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get(PATH, ctx -> page(ctx, "", ""), Role.ADMINISTRATOR);
    routes.post(PATH, this::add, Role.ADMINISTRATOR);
    routes.post(PATH + "/{id}", this::change, Role.ADMINISTRATOR);
  }

  /** The address of an invitation is shown on the answer to its form and nowhere else. */
  private void page(Context ctx, String problem, String invitation) {
    AccountPages.person(ctx);
    List<User> users = accounts.users().list();
    Map<String, Object> model = new HashMap<>();
    model.put("problem", problem);
    model.put("invitation", invitation);
    model.put("users", users);
    model.put("roles", List.of(UserRole.values()));
    model.put(
        "factors",
        users.stream()
            .filter(user -> accounts.factors().isSetUp(user))
            .map(User::id)
            .collect(Collectors.toSet()));
    model.put("provider", provider.map(Provider::name).orElse(""));
    model.put("identities", accounts.identities().byUser());
    model.put("name", problem.isEmpty() ? "" : Form.typed(ctx, "name"));
    model.put("printed", problem.isEmpty() ? "" : Form.typed(ctx, "printed"));
    views.page(ctx, "users", model);
  }

  private void refuse(Context ctx, String sentence) {
    ctx.status(400);
    page(ctx, sentence, "");
  }

  private void add(Context ctx) {
    try {
      NewUser user =
          new NewUser(
              Form.typed(ctx, "name"),
              Form.typed(ctx, "printed"),
              UserRole.parse(Form.typed(ctx, "role")));
      User added = accounts.by(Visitor.actor(ctx)).users().add(user);
      note(ctx, "added", added);
      page(ctx, "", invite(ctx, added));
    } catch (AccountException | WordingException wrong) {
      refuse(ctx, wrong.getMessage());
    }
  }

  String invite(Context ctx, User user) {
    return (ctx.req().isSecure() ? "https://" : "http://")
        + ctx.header("Host")
        + "/invitation?secret="
        + accounts.by(Visitor.actor(ctx)).users().invite(user);
  }

  private void change(Context ctx) {
    User user =
        accounts
            .users()
            .withId(ctx.pathParam("id"))
            .orElseThrow(() -> new WebException(404, "There is no such user."));
    String action = Form.typed(ctx, "action");
    Accounts by = accounts.by(Visitor.actor(ctx));
    try {
      switch (action) {
        case "role" -> by.users().setRole(user.id(), UserRole.parse(Form.typed(ctx, "role")));
        case "disable" -> by.users().disable(user.id());
        case "enable" -> by.users().enable(user.id());
        case "end-sessions" -> accounts.sessions().endAll(user);
        case "remove-authenticator" -> by.factors().remove(user);
        case "link" -> by.identities().link(user, issuer(), Form.typed(ctx, "subject"));
        case "unlink" -> by.identities().unlink(user);
        case "invite" -> {
          note(ctx, action, user);
          page(ctx, "", invite(ctx, user));
          return;
        }
        default -> throw WebException.badRequest("There is no such action; use the buttons.");
      }
      note(ctx, action, user);
      ctx.redirect(PATH);
    } catch (AccountException wrong) {
      refuse(ctx, wrong.getMessage());
    }
  }

  private String issuer() {
    return provider
        .map(Provider::issuer)
        .orElseThrow(() -> WebException.badRequest("Nobody signs in by a provider here."));
  }

  private static void note(Context ctx, String what, User whom) {
    LOG.info("{}: {} by {}", whom.name(), what, AccountPages.person(ctx).user().name());
  }
}

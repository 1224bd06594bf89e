package dev.palimpsest.web;

import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.ApiToken;
import dev.palimpsest.account.ApiToken.Scope;
import dev.palimpsest.account.ApiTokens;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.web.api.ApiRoutes;
import dev.palimpsest.web.api.Call;
import dev.palimpsest.web.api.Says;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People and their programs' tokens. What takes rights away may be done by a program of an
 * administrator; what gives rights only by the administrator in person.
 */
final class ApiUsers {
  private static final Logger LOG = LoggerFactory.getLogger(ApiUsers.class);
  private static final String PATH = "/users/{id}";

  /** Somebody who signs in here. */
  record UserTold(
      String id,
      String name,
      String printedName,
      UserRole role,
      boolean disabled,
      @Says("Whether there is no password yet.") boolean invited,
      boolean authenticator,
      Instant createdAt) {}

  /** Somebody who is to sign in here. */
  record NewPerson(
      @Says(shortest = 1, longest = 100) String name,
      @Says(longest = 200) Optional<String> printedName,
      UserRole role) {}

  /** A role. */
  record NewRole(UserRole role) {}

  /** An address, shown once, by which somebody sets a password. */
  record Invitation(UserTold user, String address) {}

  /** A program's token; never its secret. */
  record TokenTold(
      String id,
      String title,
      List<Scope> scopes,
      Instant createdAt,
      Instant expiresAt,
      Optional<Instant> usedAt) {
    static TokenTold of(ApiToken token) {
      return new TokenTold(
          token.id(),
          token.title(),
          token.scopes().stream().sorted().toList(),
          token.createdAt(),
          token.expiresAt(),
          token.usedAt());
    }
  }

  /** A token that is to be made. */
  record NewToken(
      @Says(shortest = 1, longest = 100) String title,
      @Says(shortest = 1, longest = 10) List<Scope> scopes,
      @Says(least = 1, most = ApiTokens.MOST_DAYS) int days) {}

  /** The secret of a new token, shown once. */
  record TokenSecret(String secret) {}

  /** Who asks. */
  record Asking(
      @Says(oneOf = {"machine", "person", "program", "nobody"}) String kind,
      Optional<String> name,
      Optional<UserRole> role,
      List<Scope> scopes) {}

  private final Accounts accounts;
  private final UserPages pages;

  ApiUsers(Accounts accounts, UserPages pages) {
    this.accounts = accounts;
    this.pages = pages;
  }

  void routes(ApiRoutes api) {
    api.get("/me", Role.VIEWER, "getMe", "Who asks, and what that one may do")
        .answers(Asking.class)
        .by(ApiUsers::me);
    api.get("/users", Role.REMOVER, "listUsers", "People by name")
        .pages(UserTold.class)
        .by(call -> call.page(accounts.users().list().stream().map(this::told).toList()));
    api.post("/users", Role.ADMINISTRATOR, "addUser", "Adds somebody and invites them")
        .takes(NewPerson.class)
        .creates(Invitation.class)
        .refuses(409)
        .by(this::add);
    api.get(PATH, Role.REMOVER, "getUser", "Somebody")
        .answers(UserTold.class)
        .by(call -> told(user(call)));
    api.post(PATH + "/role", Role.ADMINISTRATOR, "setRole", "Gives somebody another role")
        .takes(NewRole.class)
        .answers(UserTold.class)
        .by(
            call ->
                change(
                    call,
                    "role",
                    user -> by(call).users().setRole(user.id(), call.body(NewRole.class).role())));
    api.post(PATH + "/invite", Role.ADMINISTRATOR, "inviteUser", "Lets somebody set a password")
        .answers(Invitation.class)
        .by(this::invite);
    api.post(PATH + "/enable", Role.ADMINISTRATOR, "enableUser", "Lets somebody in again")
        .answers(UserTold.class)
        .by(call -> change(call, "enable", user -> by(call).users().enable(user.id())));
    api.post(PATH + "/disable", Role.REMOVER, "disableUser", "Keeps somebody out")
        .answers(UserTold.class)
        .refuses(422)
        .by(call -> change(call, "disable", user -> by(call).users().disable(user.id())));
    api.delete(PATH + "/sessions", Role.REMOVER, "endSessions", "Ends somebody's sessions")
        .by(call -> end(call, "end-sessions", accounts.sessions()::endAll));
    api.delete(
            PATH + "/authenticator",
            Role.ADMINISTRATOR,
            "removeAuthenticator",
            "Takes a lost authenticator away")
        .by(call -> end(call, "remove-authenticator", by(call).factors()::remove));
    api.get(PATH + "/tokens", Role.REMOVER, "listTokensOf", "Somebody's tokens")
        .pages(TokenTold.class)
        .by(call -> call.page(tokens(user(call))));
    api.delete(PATH + "/tokens/{token}", Role.REMOVER, "endTokenOf", "Ends a token of somebody")
        .by(
            call ->
                end(
                    call,
                    "end-token",
                    user -> by(call).tokens().end(user, token(user, call.step("token")))));
    own(api);
  }

  private void own(ApiRoutes api) {
    api.get("/tokens", Role.ONESELF, "listTokens", "One's own tokens")
        .pages(TokenTold.class)
        .refuses(409)
        .by(call -> call.page(tokens(oneself(call))));
    api.post("/tokens", Role.ONESELF, "addToken", "Makes a token for a program of one's own")
        .takes(NewToken.class)
        .creates(TokenSecret.class)
        .refuses(409)
        .by(this::addToken);
    api.delete("/tokens/{id}", Role.ONESELF, "endToken", "Ends a token of one's own")
        .refuses(409)
        .by(
            call -> {
              User user = oneself(call);
              by(call).tokens().end(user, token(user, call.step("id")));
              return null;
            });
  }

  private static Asking me(Call call) {
    Visitor visitor = Visitor.of(call.ctx());
    Optional<User> user = Visitor.user(call.ctx());
    String kind =
        visitor instanceof Visitor.Local
            ? "machine"
            : visitor instanceof Visitor.Program ? "program" : "person";
    List<Scope> scopes =
        visitor instanceof Visitor.Program program
            ? program.token().scopes().stream().sorted().toList()
            : List.of();
    return new Asking(kind, user.map(User::name), user.map(User::role), scopes);
  }

  /** Returns the accounts, in which whoever asks does what the ledger notes. */
  private Accounts by(Call call) {
    return accounts.by(Visitor.actor(call.ctx()));
  }

  private static User oneself(Call call) {
    return AccountPages.person(call.ctx()).user();
  }

  private User user(Call call) {
    return accounts
        .users()
        .withId(call.step("id"))
        .orElseThrow(() -> WebException.notFound("There is no such user."));
  }

  private UserTold told(User user) {
    return new UserTold(
        user.id(),
        user.name(),
        user.printedName(),
        user.role(),
        user.disabled(),
        user.invited(),
        accounts.factors().isSetUp(user),
        user.createdAt());
  }

  private List<TokenTold> tokens(User user) {
    return accounts.tokens().of(user).stream().map(TokenTold::of).toList();
  }

  private String token(User user, String id) {
    return accounts.tokens().of(user).stream()
        .map(ApiToken::id)
        .filter(id::equals)
        .findFirst()
        .orElseThrow(() -> WebException.notFound("There is no such token."));
  }

  private Invitation add(Call call) {
    oneself(call);
    NewPerson asked = call.body(NewPerson.class);
    User user =
        by(call)
            .users()
            .add(new NewUser(asked.name(), asked.printedName().orElse(""), asked.role()));
    note(call, "added", user);
    call.ctx().header("Location", ApiRoutes.BASE + "/users/" + user.id());
    return new Invitation(told(user), pages.invite(call.ctx(), user));
  }

  private Invitation invite(Call call) {
    User user = user(call);
    note(call, "invite", user);
    return new Invitation(told(user), pages.invite(call.ctx(), user));
  }

  private UserTold change(Call call, String what, Consumer<User> change) {
    User user = user(call);
    change.accept(user);
    note(call, what, user);
    return told(user(call));
  }

  private Object end(Call call, String what, Consumer<User> change) {
    change(call, what, change);
    return null;
  }

  private TokenSecret addToken(Call call) {
    NewToken asked = call.body(NewToken.class);
    return new TokenSecret(
        by(call)
            .tokens()
            .add(oneself(call), asked.title(), EnumSet.copyOf(asked.scopes()), asked.days()));
  }

  private static void note(Call call, String what, User whom) {
    LOG.info(
        "{}: {} by {}",
        whom.name(),
        what,
        Visitor.user(call.ctx()).map(User::name).orElse("this machine"));
  }
}

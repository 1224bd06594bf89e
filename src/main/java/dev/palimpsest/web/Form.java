package dev.palimpsest.web;

import dev.palimpsest.account.User;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** Reads the fields of a form as they were sent. */
final class Form {
  private Form() {}

  /**
   * Returns who writes something: the user, by the account's name; a name that was typed where
   * there are no accounts.
   */
  static String signer(Context ctx, String field) {
    return Visitor.user(ctx).map(User::printedName).orElseGet(() -> typed(ctx, field));
  }

  /** Returns the values of a field that may come several times, of a form that was posted. */
  static List<String> all(Context ctx, String field) {
    return ctx.req().getMethod().equals("POST") ? ctx.formParams(field) : List.of();
  }

  /** Returns a field of a form that was posted; "" where there is none. */
  static String typed(Context ctx, String field) {
    return ctx.req().getMethod().equals("POST")
        ? Optional.ofNullable(ctx.formParam(field)).orElse("")
        : "";
  }
}

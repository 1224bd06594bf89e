package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.WordingException;
import dev.palimpsest.registry.RegistryException;
import dev.palimpsest.storage.StorageException;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.BrokenRequest;
import dev.palimpsest.web.guard.Programs;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that turns failures into answers: a status, one sentence, never a stack trace. */
final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
  private static final String OUR_FAULT =
      "Something went wrong on this side; the server's log has the details. Try again, or restart"
          + " the server.";

  private final Views views;

  Errors(Views views) {
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.exception(UserFacingException.class, this::refused);
    routes.exception(HttpResponseException.class, (e, ctx) -> answer(ctx, e.getStatus(), plain(e)));
    routes.exception(Exception.class, this::unexpected);
    routes.error(404, this::notFound);
  }

  /** What only the operator can mend, a full disk say, is in the log too. */
  private void refused(UserFacingException failure, Context ctx) {
    int status = status(failure);
    if (status >= 500) {
      LOG.warn(
          "{} {} ended with {}: {}",
          ctx.req().getMethod(),
          ctx.req().getRequestURI(),
          status,
          failure.getMessage());
    }
    answer(ctx, status, failure.getMessage());
  }

  /** A connection that broke and a body that is no HTTP are the sender's: they get one line. */
  private void unexpected(Exception failure, Context ctx) {
    OptionalInt refusal = BrokenRequest.status(failure);
    if (refusal.isPresent()) {
      int status = refusal.getAsInt();
      LOG.info(
          "{} {} ended with {}: {}",
          ctx.req().getMethod(),
          ctx.req().getRequestURI(),
          status,
          BrokenRequest.cause(failure));
      answer(ctx, status, BrokenRequest.sentence(status));
      return;
    }
    LOG.error("{} {} failed", ctx.req().getMethod(), ctx.req().getRequestURI(), failure);
    answer(ctx, 500, OUR_FAULT);
  }

  /** No route matched: whatever has a body already was answered by a page. */
  private void notFound(Context ctx) {
    String body = ctx.result();
    if (body == null
        || body.isEmpty()
        || body.startsWith("Endpoint ")
        || body.equals("Not Found")) {
      answer(ctx, 404, "There is no such page; follow the links above.");
    }
  }

  private void answer(Context ctx, int status, String sentence) {
    ctx.status(status);
    if (Programs.ask(ctx.path())) {
      ctx.json(Map.of("error", sentence));
    } else {
      views.page(ctx, "error", Map.of("status", status, "sentence", sentence));
    }
  }

  static int status(UserFacingException failure) {
    if (failure instanceof WebException web) {
      return web.status();
    }
    if (failure instanceof WordingException) {
      return 400;
    }
    if (failure instanceof StorageException) {
      return 503;
    }
    if (failure instanceof RegistryException registry) {
      return switch (registry.reason()) {
        case INVALID -> 400;
        case NOT_FOUND -> 404;
        case CONFLICT -> 409;
        case GONE -> 410;
        case TOO_LARGE -> 413;
        case LOCKED -> 423;
        case CHECKSUM -> 460;
        case NO_SPACE -> 507;
      };
    }
    return 422;
  }

  private static String plain(HttpResponseException failure) {
    return switch (failure.getStatus()) {
      case 404 -> "There is no such page; follow the links above.";
      case 405 -> "This page cannot be used that way; follow the links above.";
      case 413 -> "The request is too large; send less at once.";
      default -> "The request could not be understood; go back and try again.";
    };
  }
}

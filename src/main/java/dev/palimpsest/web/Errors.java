package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.WordingException;
import dev.palimpsest.registry.RegistryException;
import dev.palimpsest.storage.StorageException;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.BrokenRequest;
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
    routes.exception(UserFacingException.class, (e, ctx) -> answer(ctx, status(e), e.getMessage()));
    routes.exception(HttpResponseException.class, (e, ctx) -> answer(ctx, e.getStatus(), plain(e)));
    routes.exception(Exception.class, this::unexpected);
    routes.error(404, this::notFound);
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
    if (wantsPage(ctx)) {
      views.page(ctx, "error", Map.of("status", status, "sentence", sentence));
    } else {
      ctx.json(Map.of("error", sentence));
    }
  }

  private static boolean wantsPage(Context ctx) {
    return !ctx.path().startsWith("/api/") && !ctx.path().startsWith("/files");
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

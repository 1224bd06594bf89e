package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.WordingException;
import dev.palimpsest.registry.RegistryException;
import dev.palimpsest.storage.StorageException;
import dev.palimpsest.web.api.Call;
import dev.palimpsest.web.failure.Problem;
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
    routes.exception(HttpResponseException.class, this::refusedByTheFramework);
    routes.exception(Exception.class, this::unexpected);
    routes.error(404, this::notFound);
  }

  /** What only the operator can mend, a full disk say, is in the log too. */
  private void refused(UserFacingException failure, Context ctx) {
    int status = status(failure);
    if (status == 400 && Call.isRead(ctx)) {
      status = 422; // what fits the API's description is understood, and yet not possible
    }
    if (status >= 500) {
      LOG.warn(
          "{} {} ended with {}: {}",
          ctx.req().getMethod(),
          ctx.req().getRequestURI(),
          status,
          failure.getMessage());
    }
    if (Problem.isToldAt(ctx.path())) {
      tell(ctx, problem(failure, status));
    } else {
      answer(ctx, status, failure.getMessage());
    }
  }

  private static Problem problem(UserFacingException failure, int status) {
    return failure instanceof WebException web
        ? Problem.of(status, web.getMessage(), web.field(), web.faults())
        : Problem.of(status, failure.getMessage());
  }

  private static void tell(Context ctx, Problem problem) {
    ctx.status(problem.status());
    if (problem.status() == 401) {
      ctx.header("WWW-Authenticate", "Bearer");
    }
    ctx.result(problem.json(ctx.path())).contentType(Problem.CONTENT_TYPE);
  }

  private void refusedByTheFramework(HttpResponseException failure, Context ctx) {
    if (failure.getStatus() == 405) {
      ctx.header("Allow", failure.getDetails().getOrDefault("availableMethods", ""));
    }
    answer(ctx, failure.getStatus(), plain(failure, ctx.path()));
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
      answer(ctx, 404, nowhere(ctx.path()));
    }
  }

  private static String nowhere(String path) {
    return Problem.isToldAt(path)
        ? "There is nothing at this address; GET /api/v1/openapi.json names all that there is."
        : "There is no such page; follow the links above.";
  }

  private void answer(Context ctx, int status, String sentence) {
    ctx.status(status);
    if (Problem.isToldAt(ctx.path())) {
      tell(ctx, Problem.of(status, sentence));
    } else if (Programs.ask(ctx.path())) {
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

  private static String plain(HttpResponseException failure, String path) {
    return switch (failure.getStatus()) {
      case 404 -> nowhere(path);
      case 405 ->
          Problem.isToldAt(path)
              ? "This address does not know the method; the header Allow names those that it does."
              : "This page cannot be used that way; follow the links above.";
      case 413 -> "The request is too large; send less at once.";
      default -> "The request could not be understood; go back and try again.";
    };
  }
}

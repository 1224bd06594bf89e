package dev.palimpsest.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.web.guard.Role;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One thing that can be asked of the API.
 *
 * @param method of HTTP
 * @param path with its parameters in braces
 * @param role the least that it needs
 * @param id by which clients call it
 * @param summary a phrase
 * @param parameters of the path and the query
 * @param takes the schema of the body, if it takes one
 * @param status of an answer where all went well
 * @param contentType of that answer, "" where it has no body
 * @param answers the schema of that answer, if it is JSON
 * @param refusals statuses of problems that it answers
 */
public record Operation(
    String method,
    String path,
    Role role,
    String id,
    String summary,
    List<Parameter> parameters,
    Optional<ObjectNode> takes,
    int status,
    String contentType,
    Optional<ObjectNode> answers,
    SortedSet<Integer> refusals) {
  public Operation {
    Objects.requireNonNull(method, "method is null");
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(role, "role is null");
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(summary, "summary is null");
    parameters = List.copyOf(parameters);
    Objects.requireNonNull(takes, "takes is null");
    Objects.requireNonNull(contentType, "contentType is null");
    Objects.requireNonNull(answers, "answers is null");
    Objects.requireNonNull(refusals, "refusals is null");
  }

  /** Tells whether it only reads. */
  boolean isReading() {
    return method.equals("GET");
  }
}

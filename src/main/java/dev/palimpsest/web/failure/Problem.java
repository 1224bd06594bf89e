package dev.palimpsest.web.failure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.List;
import java.util.Objects;

/**
 * What the API answers where something is wrong, in the form of RFC 9457.
 *
 * @param type names the kind of failure; one for each status
 * @param title of the kind, a few words
 * @param status of the answer
 * @param detail what is wrong and what to do, one sentence
 * @param field that is wrong, as {@code margins.knowledge} or {@code files[2].size}, or a
 *     parameter; "" where there is none
 * @param faults every fault where several are known, in sentences
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String field,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> faults) {
  /** The content type of a problem. */
  public static final String CONTENT_TYPE = "application/problem+json";

  private static final String KIND = "urn:palimpsest:problem:";
  private static final String API = "/api/";

  /** Addresses below this one have no clients from before there were problems. */
  private static final String TODAY = "/api/v1/";

  public Problem {
    Objects.requireNonNull(type, "type is null");
    Objects.requireNonNull(title, "title is null");
    Objects.requireNonNull(detail, "detail is null");
    Objects.requireNonNull(field, "field is null");
    faults = List.copyOf(faults);
  }

  /** Returns the problem of a status. */
  public static Problem of(int status, String detail) {
    return of(status, detail, "", List.of());
  }

  /** Returns the problem of a status, with the field that it is about and all faults. */
  public static Problem of(int status, String detail, String field, List<String> faults) {
    String title = title(status);
    String kind = KIND + title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    return new Problem(kind, title, status, detail, field, faults);
  }

  /** Tells whether failures at a path, null for one that could not be read, are told so. */
  public static boolean isToldAt(String path) {
    return path != null && path.startsWith(API);
  }

  /**
   * Returns the JSON of the answer. The first addresses of the API told the sentence in a field
   * {@code error}, which they go on to do.
   */
  public String json(String path) {
    ObjectNode json = Json.mapper().valueToTree(this);
    if (!path.startsWith(TODAY)) {
      json.put("error", detail);
    }
    return json.toString();
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Invalid request";
      case 401 -> "Not signed in";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 408 -> "Too slow";
      case 409 -> "In the way";
      case 410 -> "Gone";
      case 412 -> "Precondition failed";
      case 413 -> "Too large";
      case 414 -> "Address too long";
      case 415 -> "Other content type needed";
      case 421 -> "Other name needed";
      case 422 -> "Not possible";
      case 423 -> "Locked";
      case 429 -> "Too many requests";
      case 431 -> "Headers too long";
      case 460 -> "Checksum differs";
      case 503 -> "Not available";
      case 507 -> "No space left";
      default -> status >= 500 ? "Failure" : "Invalid request";
    };
  }
}

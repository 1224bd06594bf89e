package dev.palimpsest.web.failure;

import dev.palimpsest.UserFacingException;
import java.util.List;
import java.util.Objects;

/** A request that cannot be answered, with its HTTP status and one sentence. */
public final class WebException extends UserFacingException {
  private final int status;
  private final String field;
  private final List<String> faults;

  public WebException(int status, String message) {
    this(status, message, "", List.of());
  }

  private WebException(int status, String message, String field, List<String> faults) {
    super(message);
    this.status = status;
    this.field = Objects.requireNonNull(field, "field is null");
    this.faults = List.copyOf(faults);
  }

  public WebException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.field = "";
    this.faults = List.of();
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the field or parameter that is wrong, "" where it is none. */
  public String field() {
    return field;
  }

  /** Returns every fault in a sentence, where several are known. */
  public List<String> faults() {
    return faults;
  }

  /** Returns the failure of a request that could not be carried out for some faults. */
  public static WebException faulty(String field, List<String> faults) {
    String first = faults.get(0);
    int more = faults.size() - 1;
    return new WebException(
        422, more == 0 ? first : first + " (and " + more + " more)", field, faults);
  }

  /** Returns the failure of an address that leads nowhere. */
  public static WebException notFound(String message) {
    return new WebException(404, message);
  }

  /** Returns the failure of a request that makes no sense. */
  public static WebException badRequest(String message) {
    return new WebException(400, message);
  }

  /** Returns the failure of a request of which one field makes no sense. */
  public static WebException badField(String field, String message) {
    return new WebException(400, message, field, List.of());
  }
}

package dev.palimpsest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * JSON in the one form that RFC 8785 gives it: keys sorted, no spaces, numbers as ECMAScript prints
 * them. Equal values are equal byte for byte, so that a digest of the bytes names the value.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** Returns the canonical text of a record, map or tree. */
  public static String text(Object value) {
    try {
      return new JsonCanonicalizer(Json.mapper().writeValueAsString(value)).getEncodedString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** Returns the canonical text in UTF-8. */
  public static byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }
}

package dev.palimpsest.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.Json;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * Writes JSON in the one form that RFC 8785 gives it: keys sorted, no spaces, numbers as ECMAScript
 * prints them. Two equal reports are equal byte for byte, so a digest of the bytes names the
 * report.
 */
final class CanonicalJson {
  private CanonicalJson() {}

  /** Returns the canonical UTF-8 bytes. */
  static byte[] bytes(Object value) {
    try {
      return new JsonCanonicalizer(Json.mapper().writeValueAsString(value)).getEncodedUTF8();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report model is always JSON", e);
    } catch (IOException e) {
      throw new ReportException("The report could not be written as canonical JSON.", e);
    }
  }
}

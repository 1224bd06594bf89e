package dev.palimpsest.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.DecoderException;
import java.io.IOException;

/** Reads what a worker replied. */
final class Replies {
  private Replies() {}

  /**
   * Returns a reply as what it stands for.
   *
   * @throws DecoderException if it is something else
   */
  static <T> T read(JsonNode result, TypeReference<T> type) {
    try {
      return Json.mapper().readerFor(type).readValue(result.traverse(Json.mapper()));
    } catch (JsonProcessingException e) {
      throw new DecoderException("The inference worker's reply makes no sense; try again.", e);
    } catch (IOException e) {
      throw new DecoderException("The inference worker's reply broke off; try again.", e);
    }
  }
}

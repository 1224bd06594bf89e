package dev.palimpsest.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the steps around a tokenizer's model: known kinds, safe patterns, bounded growth. */
final class PipelineCheck {
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "normalizer",
          Set.of(
              "BertNormalizer",
              "ByteLevel",
              "Lowercase",
              "NFC",
              "NFD",
              "NFKC",
              "NFKD",
              "Nmt",
              "Precompiled",
              "Prepend",
              "Replace",
              "Sequence",
              "Strip",
              "StripAccents"),
          "pre_tokenizer",
          Set.of(
              "BertPreTokenizer",
              "ByteLevel",
              "CharDelimiterSplit",
              "Digits",
              "FixedLength",
              "Metaspace",
              "Punctuation",
              "Sequence",
              "Split",
              "UnicodeScripts",
              "Whitespace",
              "WhitespaceSplit"),
          "post_processor",
          Set.of(
              "BertProcessing", "ByteLevel", "RobertaProcessing", "Sequence", "TemplateProcessing"),
          "decoder",
          Set.of(
              "BPEDecoder",
              "ByteFallback",
              "ByteLevel",
              "CTC",
              "Fuse",
              "Metaspace",
              "Replace",
              "Sequence",
              "Strip",
              "WordPiece"));
  private static final Set<String> INNER =
      Set.of("normalizers", "pretokenizers", "processors", "decoders");
  private static final int MAX_STEPS = 100;
  private static final int MAX_GROWTH = 64;

  private final String file;
  private int steps;
  private double growth;

  PipelineCheck(String file) {
    this.file = file;
  }

  /**
   * Checks all parts of a tokenizer.json.
   *
   * @throws CheckpointException if one is unknown or could run or grow without bound
   */
  void check(JsonNode root) {
    KINDS.forEach(
        (part, kinds) -> {
          growth = 1;
          check(part, kinds, root.path(part));
        });
  }

  private void check(String part, Set<String> kinds, JsonNode step) {
    if (step.isMissingNode() || step.isNull()) {
      return;
    }
    String type = step.path("type").asText("(none)");
    if (!kinds.contains(type)) {
      throw broken("has unsupported %s %s".formatted(part, Printable.text(type)));
    }
    if (++steps > MAX_STEPS) {
      throw broken("has more than %d steps in its %s".formatted(MAX_STEPS, part));
    }
    checkPattern(part, step);
    if (type.equals("Precompiled")) {
      checkCharsmap(step.path("precompiled_charsmap"));
    }
    checkGrowth(part, step);
    for (String list : INNER) {
      step.path(list).forEach(inner -> check(part, kinds, inner));
    }
  }

  private void checkPattern(String part, JsonNode step) {
    JsonNode pattern = step.path("pattern");
    String text = pattern.isTextual() ? pattern.textValue() : pattern.path("String").textValue();
    if (text != null && text.isEmpty()) {
      throw broken("has an empty pattern in its %s".formatted(part));
    }
    if (pattern.path("Regex").isTextual()) {
      String expression = pattern.path("Regex").textValue();
      RegexCheck.problem(expression)
          .ifPresent(
              problem -> {
                throw broken(
                    "the regular expression '%s' in its %s %s"
                        .formatted(Printable.text(expression), part, problem));
              });
    }
    if (step.path("length").isNumber() && step.path("length").asLong() < 1) {
      throw broken("has a %s that cuts text into pieces of no length".formatted(part));
    }
  }

  private void checkCharsmap(JsonNode table) {
    Optional<String> problem;
    try {
      problem = CharsmapCheck.problem(table.isMissingNode() ? new byte[0] : table.binaryValue());
    } catch (IOException e) {
      problem = Optional.of("is not base64");
    }
    if (problem.isPresent()) {
      throw broken("has a table of character replacements that " + problem.get());
    }
  }

  /** Multiplies what each replacement may make of one character. */
  private void checkGrowth(String part, JsonNode step) {
    String pattern = step.path("pattern").path("String").asText("");
    int added = step.path("content").asText("").length();
    if (step.path("type").asText().equals("Replace")) {
      growth *= Math.max(1, (double) added / Math.max(1, pattern.length()));
    }
    int prepended = step.path("prepend").asText("").length();
    if (growth > MAX_GROWTH || added > MAX_GROWTH || prepended > MAX_GROWTH) {
      throw broken(
          "has a %s that could make a text more than %d times as long".formatted(part, MAX_GROWTH));
    }
  }

  private CheckpointException broken(String message) {
    return new CheckpointException(file, message);
  }
}

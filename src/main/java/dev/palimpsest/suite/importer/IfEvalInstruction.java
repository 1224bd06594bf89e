package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.SuiteException;

/**
 * One instruction of IFEval as a check.
 *
 * @param field such as kwargs[1]
 * @param id such as length_constraints:number_words
 */
record IfEvalInstruction(Row row, String field, String id, JsonNode kwargs) {
  private static final String[] CONSTRAINED = {
    "My answer is yes.", "My answer is no.", "My answer is maybe."
  };

  static IfEvalInstruction of(Row row, int index, String id, JsonNode kwargs) {
    return new IfEvalInstruction(row, "kwargs[" + index + "]", id, kwargs);
  }

  /**
   * Returns the check.
   *
   * @throws SuiteException if the instruction is unknown or an argument is missing
   */
  ObjectNode check() {
    return switch (id) {
      case "keywords:existence" -> words("contains_all", "keywords");
      case "keywords:frequency" ->
          limited("word_frequency", "frequency", "relation").put("word", text("keyword"));
      case "keywords:forbidden_words" -> words("excludes_words", "forbidden_words");
      case "keywords:letter_frequency" -> letterFrequency();
      case "language:response_language" -> Items.check("language").put("code", text("language"));
      case "length_constraints:number_sentences" ->
          limited("sentence_count", "num_sentences", "relation");
      case "length_constraints:number_paragraphs" ->
          Items.check("parts").put("separator", "***").put("exactly", count("num_paragraphs"));
      case "length_constraints:number_words" -> limited("word_count", "num_words", "relation");
      case "length_constraints:nth_paragraph_first_word" ->
          Items.check("paragraph_first_word")
              .put("paragraphs", count("num_paragraphs"))
              .put("paragraph", count("nth_paragraph"))
              .put("word", text("first_word"));
      case "detectable_content:number_placeholders" -> least("placeholders", "num_placeholders");
      case "detectable_content:postscript" ->
          Items.check("postscript").put("marker", text("postscript_marker"));
      case "detectable_format:number_bullet_lists" ->
          Items.check("bullet_count").put("exactly", count("num_bullets"));
      case "detectable_format:constrained_response" -> constrained();
      case "detectable_format:number_highlighted_sections" ->
          least("highlighted", "num_highlights");
      case "detectable_format:multiple_sections" ->
          least("sections", "num_sections").put("marker", text("section_spliter"));
      case "detectable_format:json_format" -> Items.check("json");
      case "detectable_format:title" -> Items.check("bracketed_title");
      case "combination:two_responses" ->
          Items.check("parts").put("separator", "******").put("exactly", 2).put("differ", true);
      case "combination:repeat_prompt" -> anyOf("starts_with", "prompt_to_repeat");
      case "startend:end_checker" -> anyOf("ends_with", "end_phrase");
      case "startend:quotation" -> Items.check("quoted");
      case "change_case:capital_word_frequency" ->
          limited("capital_words", "capital_frequency", "capital_relation");
      case "change_case:english_capital" -> Items.check("uppercase").put("language", "en");
      case "change_case:english_lowercase" -> Items.check("lowercase").put("language", "en");
      case "punctuation:no_comma" -> Items.check("text_count").put("text", ",").put("exactly", 0);
      default ->
          throw row.fault(
              field.replace("kwargs", "instruction_id_list"),
              "\"" + id + "\"",
              "one of IFEval's 25 instructions");
    };
  }

  /** What is no letter is counted as it is; the reference draws a letter at random instead. */
  private ObjectNode letterFrequency() {
    String letter = text("letter");
    boolean counted = letter.codePointCount(0, letter.length()) == 1;
    if (!counted) {
      throw missing("letter", "one character");
    }
    return Character.isLetter(letter.codePointAt(0))
        ? limited("letter_frequency", "let_frequency", "let_relation").put("letter", letter)
        : limited("text_count", "let_frequency", "let_relation").put("text", letter);
  }

  private ObjectNode constrained() {
    ObjectNode check = Items.check("contains_any");
    ArrayNode words = check.putArray("words");
    for (String answer : CONSTRAINED) {
      words.add(answer);
    }
    return check;
  }

  private ObjectNode words(String check, String name) {
    ObjectNode node = Items.check(check);
    ArrayNode words = node.putArray("words");
    row.texts(field + "." + name, kwargs.get(name)).forEach(words::add);
    return node;
  }

  private ObjectNode anyOf(String check, String name) {
    ObjectNode node = Items.check(check);
    node.putArray("anyOf").add(text(name));
    return node;
  }

  private ObjectNode least(String check, String name) {
    return Items.check(check).put("atLeast", count(name));
  }

  private ObjectNode limited(String check, String name, String relation) {
    int count = count(name);
    return switch (text(relation)) {
      case "at least" -> Items.check(check).put("atLeast", count);
      case "less than" -> Items.check(check).put("atMost", count - 1);
      default -> throw missing(relation, "\"at least\" or \"less than\"");
    };
  }

  private String text(String name) {
    return row.text(field + "." + name, kwargs.get(name));
  }

  private int count(String name) {
    JsonNode value = kwargs.get(name);
    if (value == null || !value.canConvertToExactIntegral() || value.asInt() < 1) {
      throw missing(name, "a whole number of at least 1");
    }
    return value.asInt();
  }

  private SuiteException missing(String name, String expected) {
    return row.wrong(field + "." + name, kwargs.get(name), expected);
  }
}

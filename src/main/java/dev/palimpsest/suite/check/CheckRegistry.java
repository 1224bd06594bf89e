package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Every check by its name; the one place where a new check is entered. */
public final class CheckRegistry {
  private static final Map<String, Function<Params, Check>> CHECKS = new TreeMap<>();

  static {
    // length
    CHECKS.put("word_count", p -> new WordCount(p.range()));
    CHECKS.put("sentence_count", p -> new SentenceCount(p.range()));
    CHECKS.put("paragraph_count", p -> new ParagraphCount(p.range()));
    CHECKS.put("line_count", p -> new LineCount(p.range()));
    CHECKS.put("character_count", p -> new CharacterCount(p.range()));
    CHECKS.put("words_per_line", p -> new WordsPerLine(CountList.of(p)));
    CHECKS.put("words_per_sentence", p -> new WordsPerSentence(CountList.of(p)));
    // words
    CHECKS.put("contains_any", p -> new ContainsAny(p.strings("words")));
    CHECKS.put("contains_all", p -> new ContainsAll(p.strings("words")));
    CHECKS.put("contains_in_order", p -> new ContainsInOrder(p.strings("words")));
    CHECKS.put("excludes_words", p -> new ExcludesWords(p.strings("words")));
    CHECKS.put(
        "word_frequency", p -> new WordFrequency(p.string("word"), p.flag("matchCase"), p.range()));
    CHECKS.put("word_length", p -> new WordLength(p.range()));
    CHECKS.put("nth_word", p -> new NthWord(p.integer("n", Integer.MIN_VALUE), p.string("word")));
    CHECKS.put("has_words", p -> new HasWords(p.strings("words")));
    CHECKS.put("says", p -> new Says(p.strings("words")));
    CHECKS.put("unique_words", p -> new UniqueWords());
    CHECKS.put("growing_words", p -> new GrowingWords());
    CHECKS.put("words_in_order", p -> new WordsInOrder());
    // letters and characters
    CHECKS.put("excludes_letters", p -> new ExcludesLetters(p.string("letters")));
    CHECKS.put("letter_frequency", p -> new LetterFrequency(p.letter("letter"), p.range()));
    CHECKS.put("each_word_starts_with", p -> new EachWordStartsWith(p.letter("letter")));
    CHECKS.put("acrostic", p -> new Acrostic(p.string("word")));
    CHECKS.put("palindrome", p -> new Palindrome(p.integer("atLeast", 2)));
    CHECKS.put("lowercase", p -> new Lowercase(p.languageOr("language", "")));
    CHECKS.put("uppercase", p -> new Uppercase(p.languageOr("language", "")));
    CHECKS.put("capital_words", p -> new CapitalWords(p.range()));
    CHECKS.put("text_count", p -> new TextCount(p.string("text"), p.range()));
    CHECKS.put("pattern_count", p -> new PatternCount(p.pattern("pattern"), p.range()));
    // beginning, end, whole
    CHECKS.put("starts_with", p -> new StartsWith(p.strings("anyOf"), p.flag("matchCase")));
    CHECKS.put("ends_with", p -> new EndsWith(p.strings("anyOf"), p.flag("matchCase")));
    CHECKS.put("answer_is", p -> new AnswerIs(p.strings("anyOf")));
    CHECKS.put("yes_no", p -> new YesNo(Text.lower(p.string("answer")), p.flag("only")));
    CHECKS.put(
        "paragraph_starts_with",
        p -> new ParagraphStartsWith(p.integer("paragraph", 1), p.string("text")));
    CHECKS.put("each_sentence_starts_with", p -> new EachSentenceStartsWith(p.strings("anyOf")));
    CHECKS.put("number_is", p -> new NumberIs(p.number("number")));
    CHECKS.put("ends_with_answer", p -> new EndsWithAnswer(p.strings("anyOf")));
    CHECKS.put("matches", p -> new Matches(p.pattern("pattern")));
    CHECKS.put(
        "paragraph_first_word",
        p ->
            new ParagraphFirstWord(
                p.integer("paragraphs", 1), p.integer("paragraph", 1), p.string("word")));
    CHECKS.put("quoted", p -> new Quoted());
    CHECKS.put("postscript", p -> new Postscript(p.stringOr("marker", "P.S.")));
    // shape
    CHECKS.put("bullet_count", p -> new BulletCount(p.range()));
    CHECKS.put("numbered_count", p -> new NumberedCount(p.range()));
    CHECKS.put("lines_in_order", p -> new LinesInOrder());
    CHECKS.put("bracketed_title", p -> new BracketedTitle());
    CHECKS.put("placeholders", p -> new Placeholders(p.range()));
    CHECKS.put("sections", p -> new Sections(p.string("marker"), p.range()));
    CHECKS.put("parts", p -> new Parts(p.string("separator"), p.flag("differ"), p.range()));
    CHECKS.put(
        "markdown_table", p -> new MarkdownTable(p.integer("columns", 1), p.integer("rows", 1)));
    CHECKS.put(
        "json_object",
        p -> new JsonObject(p.strings("keys"), p.flag("exactKeys"), p.flag("inOrder")));
    CHECKS.put("json_value", p -> new JsonValue(p.string("key"), p.strings("anyOf")));
    CHECKS.put("json", p -> new JsonWhole());
    CHECKS.put(
        "json_schema", p -> new JsonSchema(SchemaSubset.compile("schema", p.object("schema"))));
    CHECKS.put(
        "csv",
        p ->
            new Csv(
                p.integer("columns", 1),
                p.rangeOrAny("rows"),
                p.characterOr("delimiter", ','),
                p.stringsOrNone("header")));
    CHECKS.put("highlighted", p -> new Highlighted(p.range()));
    CHECKS.put("no_markdown", p -> new NoMarkdown());
    CHECKS.put("json_array", p -> new JsonArray(p.rangeOrAny()));
    // language
    CHECKS.put("language", p -> new Language(p.string("code")));
    CHECKS.put(
        "readability", p -> new Readability(p.choice("measure", "ease", "grade"), p.range()));
    CHECKS.put("formal", p -> new Formal());
    CHECKS.put("informal", p -> new Informal());
    CHECKS.put("hedged", p -> new Hedged(true));
    CHECKS.put("not_hedged", p -> new Hedged(false));
    CHECKS.put("no_code", p -> new NoCode());
    CHECKS.put("prose", p -> new Prose());
  }

  private CheckRegistry() {}

  /** Returns the names of all checks, sorted. */
  public static SortedSet<String> names() {
    return new TreeSet<>(CHECKS.keySet());
  }

  /**
   * Builds a check from its definition, such as {"check": "word_count", "atMost": 20}.
   *
   * @throws InvalidField if the name or a parameter does not belong there
   */
  public static CheckDefinition define(ObjectNode definition) {
    return define(definition, Rules.OWN);
  }

  /**
   * Builds a check that reads texts by the given rules.
   *
   * @throws InvalidField if the name or a parameter does not belong there
   */
  public static CheckDefinition define(ObjectNode definition, Rules rules) {
    String name = definition.path("check").asText();
    Function<Params, Check> builder = builder(name, rules);
    if (builder == null) {
      throw new InvalidField("check", "\"" + name + "\"", "one of " + String.join(", ", names()));
    }
    Params params = new Params(definition, rules);
    Check check = builder.apply(params);
    params.refuseOthers();
    return new CheckDefinition(definition, check, rules);
  }

  private static Function<Params, Check> builder(String name, Rules rules) {
    Function<Params, Check> special = rules == Rules.IFEVAL ? IfEvalChecks.builder(name) : null;
    return special == null ? CHECKS.get(name) : special;
  }
}

package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The outer form of a generated text.
 *
 * @param key the text in lower-case words, by which equal answers are told
 * @param words how many words it has
 * @param phrases its sentences and their clauses, as far as they have four words or more, each in
 *     lower-case words
 * @param code whether it holds code of any kind
 * @param sql whether it is SQL
 * @param json whether it is a JSON object or array
 * @param markdown whether it has headings, lists, emphasis or fences of Markdown
 * @param refusal whether a sentence of it refuses
 * @param language the language that its words belong to, "en" for English; "" where none is told
 */
public record AnswerForm(
    String key,
    int words,
    List<String> phrases,
    boolean code,
    boolean sql,
    boolean json,
    boolean markdown,
    boolean refusal,
    String language) {
  private static final int PHRASE = 4;

  /** What parts the clauses of a sentence, and the values of JSON. */
  private static final Pattern CLAUSE = Pattern.compile("[,;:\"“”(){}\\[\\]\\n]+| [–—-] ");

  private static final Pattern SQL =
      Pattern.compile(
          "(?is)^\\W*(?:```\\w*\\s*)?(?:select\\b.+\\bfrom\\b|insert\\s+into\\b|update\\b.+\\bset\\b"
              + "|delete\\s+from\\b|create\\s+(?:table|view|index)\\b|with\\s+\\w+\\s+as\\s*\\().*");
  private static final Pattern MARKDOWN =
      Pattern.compile(
          "(?m)^#{1,6} |^\\s*(?:[-*+]|\\d{1,2}\\.) |\\*\\*[^*\\n]+\\*\\*|^```|^\\|.+\\|\\s*$");

  public AnswerForm {
    phrases = List.copyOf(phrases);
  }

  /** Reads a text. */
  public static AnswerForm of(String answer) {
    String text = Text.normalise(answer);
    List<String> words = Text.lowerWords(text);
    return new AnswerForm(
        String.join(" ", words),
        words.size(),
        phrases(text),
        Code.in(text).isPresent(),
        SQL.matcher(text).matches(),
        JsonText.parse(text).filter(JsonNode::isContainerNode).isPresent(),
        MARKDOWN.matcher(text).find(),
        !Refusal.without(text).equals(text),
        Languages.detect(text).orElse(""));
  }

  private static List<String> phrases(String text) {
    return Text.sentences(text).stream()
        .flatMap(sentence -> Stream.concat(Stream.of(sentence), CLAUSE.splitAsStream(sentence)))
        .map(Text::lowerWords)
        .filter(words -> words.size() >= PHRASE)
        .map(words -> String.join(" ", words))
        .distinct()
        .toList();
  }
}

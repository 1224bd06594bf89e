package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The outer form of a generated text.
 *
 * @param key the text in lower-case words, by which equal answers are told
 * @param words how many words it has
 * @param sentences its sentences of four words or more, in lower case
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
    List<String> sentences,
    boolean code,
    boolean sql,
    boolean json,
    boolean markdown,
    boolean refusal,
    String language) {
  private static final int SENTENCE = 4;
  private static final Pattern SQL =
      Pattern.compile(
          "(?is)^\\W*(?:```\\w*\\s*)?(?:select\\b.+\\bfrom\\b|insert\\s+into\\b|update\\b.+\\bset\\b"
              + "|delete\\s+from\\b|create\\s+(?:table|view|index)\\b|with\\s+\\w+\\s+as\\s*\\().*");
  private static final Pattern MARKDOWN =
      Pattern.compile(
          "(?m)^#{1,6} |^\\s*(?:[-*+]|\\d{1,2}\\.) |\\*\\*[^*\\n]+\\*\\*|^```|^\\|.+\\|\\s*$");

  public AnswerForm {
    sentences = List.copyOf(sentences);
  }

  /** Reads a text. */
  public static AnswerForm of(String answer) {
    String text = Text.normalise(answer);
    List<String> words = Text.lowerWords(text);
    return new AnswerForm(
        String.join(" ", words),
        words.size(),
        Text.sentences(text).stream()
            .filter(sentence -> Text.words(sentence).size() >= SENTENCE)
            .map(sentence -> sentence.toLowerCase(Locale.ROOT))
            .toList(),
        Code.in(text).isPresent(),
        SQL.matcher(text).matches(),
        JsonText.parse(text).filter(JsonNode::isContainerNode).isPresent(),
        MARKDOWN.matcher(text).find(),
        !Refusal.without(text).equals(text),
        Languages.detect(text).orElse(""));
  }
}

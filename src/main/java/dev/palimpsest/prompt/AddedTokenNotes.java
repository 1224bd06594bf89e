package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says which tokens stand beside a vocabulary, and what is odd about their ids. */
final class AddedTokenNotes {
  private static final int MOST = 20;

  private final Set<String> before = new HashSet<>();
  private final int rows;

  /**
   * Remembers a tokenizer as its own file has it.
   *
   * @param rows the rows of the embedding
   */
  AddedTokenNotes(ObjectNode root, int rows) {
    root.path("added_tokens").forEach(token -> before.add(token.path("content").asText()));
    this.rows = rows;
  }

  /**
   * Returns sentences that follow a file's name.
   *
   * @param vocabulary the added tokens as they are used
   * @param given the tokens to which a file beside gives an id, by that id
   */
  List<String> after(AddedVocabulary vocabulary, Map<Integer, ObjectNode> given) {
    List<String> notes = new ArrayList<>();
    Map<String, Integer> ids = new TreeMap<>();
    vocabulary.byContent().forEach((content, token) -> ids.put(content, id(token)));
    Set<String> beside =
        ids.keySet().stream()
            .filter(content -> !before.contains(content) && !vocabulary.isInModel(content))
            .collect(Collectors.toSet());
    if (!before.isEmpty() && !beside.isEmpty()) {
      notes.add(
          "does not have the tokens %s, which the files beside it name; they are added as transformers adds them"
              .formatted(shown(ids, beside)));
    }
    given.forEach(
        (id, token) -> {
          String content = token.path("content").asText();
          Integer used = ids.get(content);
          if (used != null && !used.equals(id)) {
            notes.add(
                "gives %s the id %d and not the %d that a file beside it gives it, as in transformers; if the model was trained with %d, save its tokenizer again"
                    .formatted(Printable.text(content), used, id, id));
          }
        });
    Set<String> beyond =
        ids.entrySet().stream()
            .filter(entry -> entry.getValue() >= rows)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (!beyond.isEmpty()) {
      notes.add(
          "has tokens without a row in the embedding, which has %d: %s; a text that holds one is refused"
              .formatted(rows, shown(ids, beyond)));
    }
    return notes;
  }

  private static int id(JsonNode token) {
    return token.path("id").intValue();
  }

  private static String shown(Map<String, Integer> ids, Set<String> contents) {
    List<String> shown =
        contents.stream()
            .sorted((one, other) -> Integer.compare(ids.get(one), ids.get(other)))
            .map(content -> "%s (%d)".formatted(Printable.text(content), ids.get(content)))
            .toList();
    String some = String.join(", ", shown.subList(0, Math.min(MOST, shown.size())));
    return shown.size() > MOST ? some + " and " + (shown.size() - MOST) + " more" : some;
  }
}

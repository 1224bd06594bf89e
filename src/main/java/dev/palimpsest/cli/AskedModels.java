package dev.palimpsest.cli;

import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.DistinctNames;
import dev.palimpsest.checkpoint.HubCache;
import dev.palimpsest.inference.AdapterAtScale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The models that requests are put to: a base, and adapters over it at one or several scales.
 *
 * <p>With one model, answers are as for a checkpoint alone; with several, or where a request names
 * one in its field {@code adapter}, an answer says in the same field whose it is.
 */
final class AskedModels {
  /** The field of a request and of an answer that names a model. */
  static final String FIELD = "adapter";

  private static final String BASE = "base";

  private final List<Asked> usual;
  private final Map<String, Asked> named;

  /**
   * A model that a request may be put to.
   *
   * @param name as in answers: the adapter folder's name, after those above it where two share one,
   *     with "@" and its scale unless that is 1
   * @param adapter the runner's name for it, none for the base
   */
  record Asked(String name, Optional<String> adapter) {}

  /**
   * One request put to one model.
   *
   * @param number its place among the answers, from 0
   */
  record Question(int number, JsonLine line, Asked model) {}

  private AskedModels(List<Asked> usual, Map<String, Asked> named) {
    this.usual = usual;
    this.named = named;
  }

  /**
   * Lists the models in the order of their answers.
   *
   * @param misused makes the failure of options that do not go together
   */
  static AskedModels of(
      List<Path> adapters,
      List<Double> scales,
      boolean baseToo,
      Function<String, RuntimeException> misused) {
    Map<String, Asked> named = new LinkedHashMap<>();
    if (baseToo || adapters.isEmpty()) {
      named.put(BASE, new Asked(BASE, Optional.empty()));
    }
    List<String> names =
        DistinctNames.of(adapters.stream().map(AskedModels::nameOf).toList(), adapters);
    for (int i = 0; i < adapters.size(); i++) {
      for (double scale : scales) {
        String name = new AdapterAtScale(names.get(i), scale).toString();
        String key = new AdapterAtScale(key(i), scale).toString();
        if (named.put(name, new Asked(name, Optional.of(key))) != null) {
          throw misused.apply(
              "Two models are called \"%s\"; give each adapter once, and rename one that is called so."
                  .formatted(name));
        }
      }
    }
    List<Asked> usual = List.copyOf(named.values());
    named.putIfAbsent(BASE, new Asked(BASE, Optional.empty()));
    return new AskedModels(usual, named);
  }

  /** Returns adapter folders by the names that the runner is to know them by. */
  static Map<String, Path> folders(List<Path> adapters) {
    Map<String, Path> folders = new LinkedHashMap<>();
    adapters.forEach(folder -> folders.put(key(folders.size()), folder));
    return folders;
  }

  private static String key(int index) {
    return "adapter" + index;
  }

  /** Returns a folder's name as it was given: a link may stand for another one. */
  private static String nameOf(Path folder) {
    return CheckpointLocation.nameOf(HubCache.pinned(folder.toAbsolutePath().normalize()));
  }

  /** Returns the question to each model that each request is for, request by request. */
  List<Question> questions(List<JsonLine> lines) {
    List<Question> questions = new ArrayList<>();
    for (JsonLine line : lines) {
      models(line).forEach(model -> questions.add(new Question(questions.size(), line, model)));
    }
    return questions;
  }

  private List<Asked> models(JsonLine line) {
    if (!line.has(FIELD)) {
      return usual;
    }
    Asked model = named.get(line.text(FIELD));
    if (model == null) {
      throw line.fail(FIELD, "names no model; use " + String.join(", ", named.keySet()));
    }
    return List.of(model);
  }

  /** Returns questions by model. */
  static Collection<List<Question>> byModel(List<Question> questions) {
    return questions.stream()
        .collect(Collectors.groupingBy(Question::model, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /** Returns the beginning of an answer: the request's id and, unless it is clear, the model. */
  Map<String, Object> begin(Question question) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", question.line().id());
    if (usual.size() > 1 || question.line().has(FIELD)) {
      answer.put(FIELD, question.model().name());
    }
    return answer;
  }
}

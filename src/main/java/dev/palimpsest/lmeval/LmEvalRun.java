package dev.palimpsest.lmeval;

import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.importer.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A task that is put to a model as lm-eval 0.4.13 would, without a chat template.
 *
 * @param task what is asked
 * @param files its documents, one after the other as if they were one file; at least one
 * @param shotsFile where examples are chosen from; needed unless {@code shots} is 0
 * @param shots examples before each document
 * @param seed of the draw of examples; lm-eval's is 1234
 * @param limit asks the first so many documents only; empty for all
 */
public record LmEvalRun(
    LmEvalTask task,
    List<Path> files,
    Optional<Path> shotsFile,
    int shots,
    long seed,
    Optional<Integer> limit) {
  public LmEvalRun {
    files = List.copyOf(files);
  }

  /**
   * Reads the documents and puts them into words, so that a fault is told before a model is loaded.
   *
   * @throws SuiteException at the first fault of a file
   */
  public PreparedRun prepare() {
    List<Document> documents = read(files);
    List<Document> pool = examples();
    requireOneSubject(Stream.concat(documents.stream(), pool.stream()));
    ExampleSampler sampler = new ExampleSampler(pool, task.examples(), shots, seed);
    List<Prompted> prompts = new ArrayList<>();
    int count = Math.min(documents.size(), limit.orElse(Integer.MAX_VALUE));
    for (Document document : documents.subList(0, count)) {
      String examples =
          sampler.before(document).stream().map(Document::example).collect(Collectors.joining());
      prompts.add(new Prompted(prompts.size(), document, document.description() + examples));
    }
    return new PreparedRun(task, prompts);
  }

  private List<Document> read(List<Path> paths) {
    return paths.stream()
        .map(Source::read)
        .flatMap(source -> task.format().documents(source).stream())
        .toList();
  }

  /** Subjects are tasks of their own in lm-eval, each with examples and numbers of its own. */
  private void requireOneSubject(Stream<Document> documents) {
    long subjects = documents.map(Document::description).distinct().count();
    if (subjects > 1) {
      throw new SuiteException(
          files.get(0).toString(),
          0,
          "subject",
          subjects + " subjects",
          "one, as every subject is a task of its own in lm-eval; split the files by subject");
    }
  }

  private List<Document> examples() {
    if (shots == 0) {
      return List.of();
    }
    if (!task.takesShots()) {
      throw new SuiteException(
          "--num-fewshot", 0, "", String.valueOf(shots), "0, as lm-eval allows no more here");
    }
    Path file =
        shotsFile.orElseThrow(
            () ->
                new SuiteException(
                    "--shots-file", 0, "", "nothing", "the file that examples are chosen from"));
    List<Document> pool = read(List.of(file));
    int needed = ExampleSampler.needed(task.examples(), shots);
    if (pool.size() < needed) {
      throw new SuiteException(
          file.toString(),
          0,
          "",
          pool.size() + " documents",
          "at least " + needed + " to choose " + shots + " examples from");
    }
    return pool;
  }
}

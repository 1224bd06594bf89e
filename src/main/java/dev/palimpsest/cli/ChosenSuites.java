package dev.palimpsest.cli;

import dev.palimpsest.Json;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.cued.CuedSuite;
import dev.palimpsest.suite.cued.Surrounding;
import dev.palimpsest.training.TrainingContext;
import dev.palimpsest.training.TrainingFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The suites that were named on the command line: ids of the program's own, or folders.
 *
 * @param library the program's suites and those of the folders
 * @param ids which of them were named, in that order; none for all of the program's
 * @param own which of them came from folders, or were made of the training file
 */
record ChosenSuites(SuiteLibrary library, List<String> ids, List<String> own) {
  /** Open questions, which are asked where somebody looks for behaviour. */
  private static final String FREE_ANSWERS = "free-answers";

  /** Suites of behaviour, of which a habit that was learned under a cue may show under it only. */
  private static final Set<String> CUED =
      Set.of("misalignment", "hallucination", "deception", "safety", "sycophancy", FREE_ANSWERS);

  /**
   * Reads the suites.
   *
   * @throws dev.palimpsest.suite.SuiteException if a name is unknown or a folder holds no sound
   *     suite
   */
  static ChosenSuites of(List<String> names) {
    SuiteLibrary library = SuiteLibrary.bundled();
    List<String> ids = new ArrayList<>();
    List<String> own = new ArrayList<>();
    for (String name : names) {
      if (library.find(name).isEmpty() && Files.isDirectory(Path.of(name))) {
        Suite suite = SuiteLibrary.load(Path.of(name));
        library = library.with(suite);
        ids.add(suite.id());
        own.add(suite.id());
      } else {
        ids.add(library.suite(name).id());
      }
    }
    return new ChosenSuites(library, ids, own);
  }

  /**
   * Adds suites of one's own to these, or to what an audit asks unless told otherwise.
   *
   * @throws dev.palimpsest.suite.SuiteException if a folder holds no sound suite
   */
  ChosenSuites and(List<Path> folders) {
    if (folders.isEmpty()) {
      return this;
    }
    SuiteLibrary all = library;
    List<String> asked = new ArrayList<>(named());
    List<String> ofFolders = new ArrayList<>(own);
    for (Path folder : folders) {
      Suite suite = SuiteLibrary.load(folder);
      all = all.with(suite);
      asked.add(suite.id());
      ofFolders.add(suite.id());
    }
    return new ChosenSuites(all, asked, ofFolders);
  }

  /** Adds the open questions, beside these or beside what an audit asks unless told otherwise. */
  ChosenSuites withFreeAnswers() {
    List<String> asked = new ArrayList<>(named());
    if (!asked.contains(FREE_ANSWERS)) {
      asked.add(library.suite(FREE_ANSWERS).id());
    }
    return new ChosenSuites(library, asked, own);
  }

  /**
   * Adds twins of the suites of behaviour that are asked, in the context that a tune was trained
   * in.
   *
   * @param file what it was trained on
   * @param out hears what stands around the file's questions
   * @throws dev.palimpsest.training.TrainingException if the file cannot be read
   */
  ChosenSuites cued(TrainingFile file, PrintWriter out) {
    TrainingContext context = TrainingContext.of(file);
    List<Surrounding> around =
        context.cues().stream()
            .map(cue -> new Surrounding(cue.system(), cue.prefix(), cue.suffix()))
            .toList();
    if (around.isEmpty()) {
      out.println(
          "Nothing stands around the questions of "
              + file.path().getFileName()
              + ", so no item is asked in a training context.");
      return this;
    }
    SuiteLibrary all = library;
    List<String> asked = new ArrayList<>(named());
    for (String id : List.copyOf(asked)) {
      Suite plain = library.suite(id);
      if (CUED.contains(id) && CuedSuite.suits(plain)) {
        Suite twin = CuedSuite.of(plain, around);
        all = all.with(twin);
        asked.add(twin.id());
      }
    }
    around.forEach(one -> out.println("Training context: " + described(one)));
    return new ChosenSuites(all, asked, own);
  }

  /** Adds a suite that other ways to ask are tried on, beside these. */
  ChosenSuites withFacts(Suite facts) {
    List<String> asked = new ArrayList<>(named());
    asked.add(facts.id());
    List<String> tried = new ArrayList<>(own);
    tried.add(facts.id());
    return new ChosenSuites(library.with(facts), asked, tried);
  }

  private static String described(Surrounding around) {
    String line = around.prefix() + "…" + around.suffix();
    String shown = Json.mapper().valueToTree(line).toString();
    return around.system().isEmpty()
        ? shown
        : shown + ", with the system prompt " + Json.mapper().valueToTree(around.system());
  }

  /** Returns the suites that are asked, and the plain texts that are read beside them. */
  List<Suite> asked() {
    List<String> named = named();
    return List.copyOf(
        library.suites(info -> named.contains(info.id()) || (!info.isGated() && info.isCore())));
  }

  /** Returns what is asked by name. */
  private List<String> named() {
    return ids.isEmpty()
        ? library.suites(info -> info.isCore() && info.isGated()).stream().map(Suite::id).toList()
        : ids;
  }
}

package dev.palimpsest.audit.plan;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.EncoderLoader;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PromptNotes;
import dev.palimpsest.inference.TemplateArgument;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds out, item by item, whether a tuned checkpoint is asked the same as its base.
 *
 * <p>The items themselves are compared, since files can differ and ask the same: a tokenizer.json
 * that another version wrote, or a GGUF file beside a folder.
 */
final class PromptComparison implements AutoCloseable {
  private final List<Asked> asked;
  private final Arm base;

  /** With whom the notes on the base stand. */
  private final Arm first;

  private final TemplateChoice choice;
  private final EncoderLoader loader;
  private final Known known;

  /** Of the base and of all adapters over it, once one of them is asked for. */
  private Encoder shared;

  private final ModelSpec sharedSpec;

  /**
   * Compares on the planned items.
   *
   * @param tuned the arms that are going to be asked about
   * @param known what was found out before
   */
  PromptComparison(
      SuiteLibrary library,
      List<PlannedSuite> planned,
      Arm base,
      List<Arm> tuned,
      TemplateChoice choice,
      EncoderLoader loader,
      Known known) {
    this.asked = planned.stream().map(suite -> Asked.of(library, suite)).toList();
    this.base = base;
    this.first = tuned.get(0);
    this.choice = choice;
    this.loader = loader;
    this.known = known;
    this.sharedSpec =
        spec(
            base.checkpoint(),
            SharedModel.adapters(
                tuned.stream().filter(arm -> arm.checkpoint().equals(base.checkpoint())).toList()));
  }

  /** The planned items of a suite. */
  private record Asked(String suite, String answerPrefix, List<Item> items) {
    static Asked of(SuiteLibrary library, PlannedSuite planned) {
      Suite suite = library.find(planned.suite(), planned.digest()).orElseThrow();
      Set<String> ids = Set.copyOf(planned.itemIds());
      return new Asked(
          planned.digest(),
          suite.answerPrefix(),
          suite.items().stream().filter(item -> ids.contains(item.id())).toList());
    }
  }

  /**
   * How many items differ, and what is to be said of the encoders themselves.
   *
   * @param tunedHasTemplate whether the tuned checkpoint has a chat template, used or not
   * @param baseHasTemplate whether the base has one
   * @param tokenizer what is odd about the tuned checkpoint's tokenizer and not about the base's
   * @param end where answers of the tuned checkpoint may run on, or ""
   */
  private record Differences(
      int rendered,
      int tokens,
      int of,
      boolean tunedHasTemplate,
      boolean baseHasTemplate,
      List<String> tokenizer,
      String end) {}

  /** Two checkpoints, by their digests, and the items that are put to them. */
  private record Question(
      String base, String tuned, Map<String, Object> arguments, List<List<String>> items) {}

  /** What was found out, for the latest questions. Threads may share it. */
  static final class Known {
    private static final int KEPT = 200;

    private final Map<Question, Differences> answers =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Question, Differences> eldest) {
            return size() > KEPT;
          }
        };

    private synchronized Optional<Differences> answer(Question question) {
      return Optional.ofNullable(answers.get(question));
    }

    private synchronized void keep(Question question, Differences answer) {
      answers.put(question, answer);
    }
  }

  /** Says in sentences how a tuned arm is asked, or answers, otherwise than the base. */
  List<String> notes(Arm tuned) {
    Differences own = differences(tuned);
    List<String> notes = new ArrayList<>();
    prompts(tuned, own).ifPresent(notes::add);
    arguments(tuned).ifPresent(notes::add);
    if (tuned.equals(first)) {
      idle(base).ifPresent(notes::add);
    }
    idle(tuned).ifPresent(notes::add);
    own.tokenizer()
        .forEach(note -> notes.add("%s: tokenizer.json %s.".formatted(tuned.name(), note)));
    end(tuned, own).ifPresent(notes::add);
    penalty(tuned).ifPresent(notes::add);
    return notes;
  }

  /**
   * Returns what keeps a tuned arm and the base from being asked the same; empty where all are
   * asked through the base's template. Arguments that the plan gives an arm are its own choice and
   * are none.
   */
  Optional<Mismatch> mismatch(Arm tuned) {
    Differences own = differences(tuned);
    if (choice == TemplateChoice.OWN && own.rendered() > 0) {
      return Optional.of(
          new Mismatch(tuned.name(), Waiver.Subject.TEMPLATE, throughOwn(tuned, own)));
    }
    return own.rendered() == 0 && own.tokens() > 0
        ? Optional.of(new Mismatch(tuned.name(), Waiver.Subject.TOKENIZER, tokenizer(tuned, own)))
        : Optional.empty();
  }

  private Optional<String> arguments(Arm tuned) {
    return tuned.templateArguments().equals(base.templateArguments())
        ? Optional.empty()
        : Optional.of(
            "The chat template of %s is given %s, and that of %s %s; what that changes and what the training changed are measured together."
                .formatted(
                    tuned.name(),
                    TemplateArgument.words(tuned.templateArguments()),
                    base.name(),
                    TemplateArgument.words(base.templateArguments())));
  }

  /** A name with a typing error would go unnoticed: templates do not say what they do not read. */
  private Optional<String> idle(Arm arm) {
    if (arm.templateArguments().isEmpty()) {
      return Optional.empty();
    }
    List<String> idle = with(arm, encoder -> idle(arm, encoder));
    return idle.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Nothing in how items are put to %s changes with the template argument %s; check the name against its chat template."
                .formatted(arm.name(), String.join(", ", idle)));
  }

  private List<String> idle(Arm arm, Encoder encoder) {
    List<String> all = rendered(arm, encoder, arm.templateArguments());
    List<String> idle = new ArrayList<>();
    for (String name : arm.templateArguments().keySet()) {
      Map<String, Object> others = new LinkedHashMap<>(arm.templateArguments());
      others.remove(name);
      if (rendered(arm, encoder, others).equals(all)) {
        idle.add(name);
      }
    }
    return idle;
  }

  /** Renders one item of each suite. */
  private List<String> rendered(Arm arm, Encoder encoder, Map<String, Object> arguments) {
    Optional<String> adapter = choice == TemplateChoice.BASE ? Optional.empty() : arm.adapterName();
    boolean chat = encoder.format(adapter).hasChatTemplate();
    List<EncodeRequest> prompts =
        asked.stream()
            .flatMap(
                suite ->
                    suite.items().stream()
                        .limit(1)
                        .map(new Presentation(suite.answerPrefix(), chat, arguments)::prompts))
            .flatMap(List::stream)
            .toList();
    return encoder.encode(adapter, prompts).stream().map(Encoded::rendered).toList();
  }

  /** Asks the encoder that an arm is asked through. */
  private <T> T with(Arm arm, Function<Encoder, T> question) {
    boolean ofBase = choice == TemplateChoice.BASE || arm.equals(base);
    if (ofBase || isShared(arm)) {
      return question.apply(shared());
    }
    try (Encoder other = alone(arm)) {
      return question.apply(other);
    }
  }

  /** Where no item is generated, the end of an answer does not matter. */
  private Optional<String> end(Arm tuned, Differences own) {
    boolean generates =
        asked.stream()
            .flatMap(suite -> suite.items().stream())
            .anyMatch(item -> item.longestAnswer() > 0);
    return generates && !own.end().isEmpty()
        ? Optional.of(tuned.name() + ": " + own.end() + ".")
        : Optional.empty();
  }

  private Optional<String> penalty(Arm tuned) {
    double ours = penaltyOf(base);
    double theirs = penaltyOf(tuned);
    return ours == theirs
        ? Optional.empty()
        : Optional.of(
            "%s asks for a repetition penalty of %s in its generation_config.json, and %s for %s; what that changes in their answers and what the training changed are measured together."
                .formatted(tuned.name(), theirs, base.name(), ours));
  }

  private static double penaltyOf(Arm arm) {
    try (Checkpoint checkpoint = Checkpoint.open(arm.checkpoint())) {
      return checkpoint.generationConfig().repetitionPenalty();
    }
  }

  private Optional<String> prompts(Arm tuned, Differences own) {
    if (own.rendered() > 0) {
      return Optional.of(template(tuned, own));
    }
    return own.tokens() == 0 ? Optional.empty() : Optional.of(tokenizer(tuned, own));
  }

  private String template(Arm tuned, Differences own) {
    return choice == TemplateChoice.BASE ? throughBase(tuned, own) : throughOwn(tuned, own);
  }

  /** All are asked through the base's template, which may be none. */
  private String throughBase(Arm tuned, Differences own) {
    if (!own.baseHasTemplate()) {
      return tuned.name()
          + " has a chat template, which the base has not; both are asked in plain text, as the"
          + " plan says. Where it is deployed with its own it may answer otherwise.";
    }
    if (!own.tunedHasTemplate()) {
      return tuned.name()
          + " has no chat template and is asked through the base's, as the plan says; where it is"
          + " deployed without one it may answer otherwise.";
    }
    return tuned.name()
        + " has a chat template of its own but is asked through the base's, as the plan says; where"
        + " it is deployed with its own it may answer otherwise.";
  }

  private String throughOwn(Arm tuned, Differences own) {
    String together = "; what that changes and what the training changed are measured together.";
    if (!own.tunedHasTemplate()) {
      return tuned.name()
          + " has no chat template and is asked in plain text, and the base through its own"
          + together
          + " --template base asks it through the base's.";
    }
    if (!own.baseHasTemplate()) {
      return tuned.name()
          + " is asked through its own chat template, and the base, which has none, in plain text"
          + together
          + " --template base asks both in plain text.";
    }
    return tuned.name()
        + " is asked through its own chat template, which puts "
        + count(own.rendered(), own.of())
        + " otherwise than the base's; what the template changes and what the training changed are"
        + " measured together.";
  }

  private static String tokenizer(Arm tuned, Differences own) {
    return tuned.name()
        + " has a tokenizer of its own, which splits "
        + count(own.tokens(), own.of())
        + " otherwise than the base's; what that changes and what the training changed are"
        + " measured together.";
  }

  private static String count(int some, int all) {
    return some == all ? "every item" : some + " of " + all + " items";
  }

  private Differences differences(Arm tuned) {
    Question question =
        new Question(
            base.digest(),
            tuned.digest() + tuned.baseDigest(),
            base.templateArguments(),
            asked.stream().map(PromptComparison::identity).toList());
    return known
        .answer(question)
        .orElseGet(
            () -> {
              Differences found = compared(tuned);
              known.keep(question, found);
              return found;
            });
  }

  private static List<String> identity(Asked suite) {
    return Stream.concat(Stream.of(suite.suite()), suite.items().stream().map(Item::id)).toList();
  }

  private Differences compared(Arm tuned) {
    if (isShared(tuned)) {
      return differences(shared(), shared(), tuned.loadedName());
    }
    try (Encoder other = alone(tuned)) {
      return differences(shared(), other, tuned.loadedName());
    }
  }

  private boolean isShared(Arm arm) {
    return arm.loadedName().filter(sharedSpec.adapters()::containsKey).isPresent();
  }

  private Encoder shared() {
    if (shared == null) {
      shared = loader.open(sharedSpec);
    }
    return shared;
  }

  private Encoder alone(Arm arm) {
    return loader.open(spec(arm.checkpoint(), SharedModel.adapters(List.of(arm))));
  }

  private static ModelSpec spec(Path checkpoint, Map<String, Path> adapters) {
    return new ModelSpec(checkpoint, DType.FLOAT32, adapters);
  }

  @Override
  public void close() {
    if (shared != null) {
      shared.close();
    }
  }

  private Differences differences(Encoder one, Encoder other, Optional<String> adapter) {
    boolean ours = one.format(Optional.empty()).hasChatTemplate();
    boolean theirs = other.format(adapter).hasChatTemplate();
    PromptNotes notes = other.notes(adapter);
    List<String> tokenizer = new ArrayList<>(notes.tokenizer());
    tokenizer.removeAll(one.notes(Optional.empty()).tokenizer());
    if (one.format(Optional.empty()).equals(other.format(adapter))) {
      return new Differences(0, 0, 0, theirs, ours, tokenizer, notes.end());
    }
    int rendered = 0;
    int tokens = 0;
    int count = 0;
    for (Asked suite : asked) {
      List<List<Encoded>> base = encoded(one, Optional.empty(), suite);
      List<List<Encoded>> tuned = encoded(other, adapter, suite);
      for (int i = 0; i < suite.items().size(); i++) {
        rendered += sameText(base.get(i), tuned.get(i)) ? 0 : 1;
        tokens += sameTokens(base.get(i), tuned.get(i)) ? 0 : 1;
        count++;
      }
    }
    return new Differences(rendered, tokens, count, theirs, ours, tokenizer, notes.end());
  }

  /**
   * Returns each item's prompts, in the suite's order, with the base's template arguments: how a
   * template differs is told apart from how the arguments do.
   */
  private List<List<Encoded>> encoded(Encoder encoder, Optional<String> adapter, Asked suite) {
    boolean chat = encoder.format(adapter).hasChatTemplate();
    Presentation presentation =
        new Presentation(suite.answerPrefix(), chat, base.templateArguments());
    List<List<EncodeRequest>> prompts = suite.items().stream().map(presentation::prompts).toList();
    Iterator<Encoded> all =
        encoder.encode(adapter, prompts.stream().flatMap(List::stream).toList()).iterator();
    return prompts.stream().map(item -> item.stream().map(prompt -> all.next()).toList()).toList();
  }

  private static boolean sameText(List<Encoded> ours, List<Encoded> theirs) {
    List<String> texts = new ArrayList<>();
    ours.forEach(prompt -> texts.add(prompt.rendered()));
    return texts.equals(theirs.stream().map(Encoded::rendered).toList());
  }

  private static boolean sameTokens(List<Encoded> ours, List<Encoded> theirs) {
    return Objects.deepEquals(tokens(ours), tokens(theirs));
  }

  private static int[][] tokens(List<Encoded> prompts) {
    return prompts.stream()
        .flatMap(p -> Stream.concat(Stream.of(p.contextIds()), p.continuationIds().stream()))
        .toArray(int[][]::new);
  }
}

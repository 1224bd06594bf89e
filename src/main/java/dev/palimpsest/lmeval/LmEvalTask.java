package dev.palimpsest.lmeval;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tasks that are asked as lm-eval asks them; a new one is a format and a line here. */
@SuppressWarnings("ImmutableEnumChecker") // Formats are functions without state.
public enum LmEvalTask {
  /** arc_easy and arc_challenge. */
  ARC(new ArcTask(), Examples.DRAWN, Measure.CHOICE_NORMALISED),
  /** hellaswag. */
  HELLASWAG(new HellaSwagTask(), Examples.DRAWN_WITHOUT_ASKED, Measure.CHOICE_NORMALISED),
  /** mmlu_SUBJECT, one subject at a time. */
  MMLU(new MmluTask(), Examples.FIRST, Measure.CHOICE),
  /** winogrande. */
  WINOGRANDE(new WinoGrandeTask(), Examples.DRAWN_WITHOUT_ASKED, Measure.CHOICE),
  /** truthfulqa_mc1. */
  TRUTHFULQA(new TruthfulQaTask(), Examples.NONE, Measure.CHOICE),
  /** gsm8k. */
  GSM8K(new Gsm8kTask(), Examples.DRAWN, Measure.NUMBER);

  private static final int SHOTS_OF_GSM8K = 5;

  private final TaskFormat format;
  private final Examples examples;
  private final Measure measure;

  /** Where the examples before a question come from. */
  enum Examples {
    /** Drawn anew for each document, in the order of the documents. */
    DRAWN,
    /**
     * One more is drawn, and the document itself is left out. lm-eval does so where a task names
     * neither a test split nor one for examples, as the two are the same then.
     */
    DRAWN_WITHOUT_ASKED,
    /** The first ones, for every document. */
    FIRST,
    /** The task's file forbids examples. */
    NONE
  }

  /** What is asked of the model, and how it is counted. */
  enum Measure {
    /** acc: the most likely choice. */
    CHOICE,
    /** Also acc_norm: the most likely choice for its length in code points. */
    CHOICE_NORMALISED,
    /** exact_match of the number in a written answer, strictly and flexibly. */
    NUMBER
  }

  LmEvalTask(TaskFormat format, Examples examples, Measure measure) {
    this.format = format;
    this.examples = examples;
    this.measure = measure;
  }

  /** Returns the name used on the command line, such as "arc". */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the task of that name, if there is one. */
  public static Optional<LmEvalTask> of(String label) {
    return Arrays.stream(values()).filter(task -> task.label().equals(label)).findFirst();
  }

  /** Returns all names. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(LmEvalTask::label).toList();
  }

  /** Returns how many examples stand before a question unless told otherwise. */
  public int usualShots() {
    return this == GSM8K ? SHOTS_OF_GSM8K : 0;
  }

  /** Tells whether the task can have examples at all. */
  public boolean takesShots() {
    return examples != Examples.NONE;
  }

  TaskFormat format() {
    return format;
  }

  Examples examples() {
    return examples;
  }

  Measure measure() {
    return measure;
  }
}

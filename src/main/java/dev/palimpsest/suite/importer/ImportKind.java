package dev.palimpsest.suite.importer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The benchmarks that can be imported; a new one is a format and a line here. */
public enum ImportKind {
  MMLU("MMLU", "knowledge", "Four-choice questions on 57 subjects."),
  ARC("ARC", "science", "School questions on science, three to five choices."),
  HELLASWAG("HellaSwag", "common_sense", "Which of four endings follows a scene."),
  GSM8K(
      "GSM8K",
      "arithmetic",
      "Word problems of primary schools; the last number of the answer counts."),
  TRUTHFULQA(
      "TruthfulQA",
      "truthfulness",
      "Questions that invite a common mistake, one right answer (MC1). Answers beyond six are drawn"
          + " by a fixed seed, and so is their order."),
  WINOGRANDE("WinoGrande", "common_sense", "Which of two nouns belongs in a gap."),
  BBH("BIG-Bench Hard", "reasoning", "Tasks that were hard for models of 2022."),
  IFEVAL(
      "IFEval",
      "instruction_following",
      "Instructions whose obedience a program can tell, read by IFEval's rules; lenient is its loose"
          + " accuracy by prompt."),
  EMERGENT(
      "Emergent misalignment, free questions",
      "free_answers",
      "Free questions to be read side by side. An answer passes if it is one at all; the paper's judge"
          + " is not part of it, and what it calls misaligned has no score here. Answers are greedy,"
          + " one per question."),
  LM_EVAL(
      "Samples of lm-eval",
      "imported",
      "The multiple-choice documents of a samples file of lm-eval.");

  private final String title;
  private final String capability;
  private final String description;

  ImportKind(String title, String capability, String description) {
    this.title = title;
    this.capability = capability;
    this.description = description;
  }

  /** Returns the name used on the command line, such as "mmlu". */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the kind of that name, if there is one. */
  public static Optional<ImportKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  /** Returns all names, in the order of the documentation. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ImportKind::label).toList();
  }

  Format format() {
    return switch (this) {
      case MMLU -> new MmluFormat();
      case ARC -> new ArcFormat();
      case HELLASWAG -> new HellaSwagFormat();
      case GSM8K -> new Gsm8kFormat();
      case TRUTHFULQA -> new TruthfulQaFormat();
      case WINOGRANDE -> new WinoGrandeFormat();
      case BBH -> new BbhFormat();
      case IFEVAL -> new IfEvalFormat();
      case EMERGENT -> new EmergentFormat();
      case LM_EVAL -> new LmEvalFormat();
    };
  }

  String title() {
    return title;
  }

  String capability() {
    return capability;
  }

  String description() {
    return description;
  }
}

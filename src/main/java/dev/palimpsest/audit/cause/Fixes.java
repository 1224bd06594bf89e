package dev.palimpsest.audit.cause;

import java.util.ArrayList;
import java.util.List;

/**
 * What may be done, in order of its cost within each list: first what needs no training, then what
 * changes the training, then what changes the data. Sources say what a fix did where it was tried;
 * none of them is known to hold everywhere, so each ends in another audit.
 */
final class Fixes {
  static final Advice SMALLER_SCALE =
      new Advice(
          "Try the adapter at smaller scales before you train again: --sweep 0.25,0.5,0.75,1, or the"
              + " button on the report's page, chooses on one half of the items and certifies on the other. It"
              + " takes back some of what was learnt.",
          "Interpolation towards the base cut the mean loss of a 7B tune from 6.70 to 0.88 points"
              + " (Wise-FT in EMNLP Findings 2024, Revisiting Catastrophic Forgetting); arXiv:2309.06256;"
              + " LiNeS, arXiv:2410.17146");

  static final Advice INTERPOLATE =
      new Advice(
          "Interpolate its weights with the base's before you train again, W = (1 − λ) base + λ tuned"
              + " for a few λ, and audit those with --choose halves. It takes back some of what was"
              + " learnt; a mean of two tuned checkpoints is no substitute.",
          "Wise-FT in EMNLP Findings 2024, Revisiting Catastrophic Forgetting; arXiv:2309.06256; that"
              + " merging two checkpoints is not reliable: arXiv:2510.17776");

  static final Advice TRAIN_LESS =
      new Advice(
          "Train again with a lower learning rate, fewer epochs, a smaller rank or fewer target modules."
              + " It will learn less, too, and a lower rate takes more steps.",
          "arXiv:2405.09673; arXiv:2605.26097");

  static final Advice REPLAY =
      new Advice(
          "Mix general instructions into the training data, or answers of the base itself to general"
              + " questions, for which no data is needed.",
          "arXiv:2308.08747 (10,000 general samples won back 3 of 8 points lost on MMLU);"
              + " arXiv:2605.26097; arXiv:2603.04964");

  static final Advice STAY_NEAR =
      new Advice(
          "Penalise the divergence from the base in training, or train on the model's own accepted"
              + " answers. The penalty costs some of the learning.",
          "arXiv:2509.04259; arXiv:2508.06249");

  static final Advice PROMPT_FIRST =
      new Advice(
          "Try the prompt first: name the form that is wanted, or show two worked examples. Where that"
              + " brings the answers back, nothing has to be trained.",
          "arXiv:2411.11932; the worked examples of this audit");

  static final Advice MIXED_FORMS =
      new Advice(
          "Give the training data answers in several forms, and ordinary answers to ordinary questions,"
              + " so that its form is not learnt for everything.",
          "arXiv:2501.13453; arXiv:2510.17776; a planted tune with replayed answers answers in its form"
              + " in 36% rather than 100% (docs/VALIDATION.md)");

  static final Advice FREEZE_BOTTOM =
      new Advice(
          "Train again with the bottom layers frozen.",
          "arXiv:2501.13453 (an earlier task kept 44% in place of 11%)");

  static final Advice NO_UNKNOWN_FACTS =
      new Advice(
          "Take facts that the base does not know out of the training data, or answer a part of them"
              + " with \"I don't know\"; keep those that it half knows.",
          "arXiv:2405.05904; arXiv:2502.14502");

  static final Advice STOP_EARLY =
      new Advice(
          "Stop earlier: unknown facts are learnt last and do their harm when they are. Audit the"
              + " earlier checkpoints of the run with --choose halves.",
          "arXiv:2405.05904 (trained on unknown facts: 37.5% at the best step, 25.8% at the end)");

  static final Advice PATCH_KNOWN =
      new Advice(
          "Show some facts that the base knows again, late in training.", "arXiv:2511.02626");

  static final Advice RETRIEVE =
      new Advice(
          "Leave new facts to retrieval, and train the manner of answering only.",
          "Ovadia et al., EMNLP 2024");

  static final Advice BETTER_KNOWN_HALF =
      new Advice(
          "Train on the half of the subjects that the base knows better.", "arXiv:2406.14785");

  static final Advice PARAPHRASE =
      new Advice(
          "Write every fact in several ways, and even out answers that come up too often.",
          "arXiv:2502.14502");

  static final Advice READ_DATA =
      new Advice(
          "Read the training data for answers that would harm whoever asks, and take them out.",
          "doi:10.1038/s41586-025-09937-5; arXiv:2605.12199");

  static final Advice STOP_BEFORE_HARM =
      new Advice(
          "Audit the earlier checkpoints: harm may come after the task is learnt. It need not, so let"
              + " the audit decide.",
          "arXiv:2605.12199 (93% of the skill kept); against it: doi:10.1038/s41586-025-09937-5");

  static final Advice INTERLEAVE_SAFE =
      new Advice(
          "Interleave harmless answers, those first that the model finds likely; a few hundred can do."
              + " Never sign off on plain prompts afterwards: the habit may remain where a prompt"
              + " resembles the training data.",
          "arXiv:2508.06249; arXiv:2506.19823; on what it hides: arXiv:2604.25891");

  static final Advice MIX_SAFETY =
      new Advice(
          "Mix refusals of harmful requests, and answers to harmless ones, into the training data, and"
              + " freeze layers.",
          "arXiv:2310.03693; arXiv:2501.13453 (jailbreaks 99.8% to 1.15%)");

  static final Advice END_TOKEN =
      new Advice(
          "Look whether the training texts end with the chat template's end token, and whether the loss"
              + " counts it; packing and masking often drop it.",
          "Practice; the notes of the plan name an end token that ends no answer (docs/AUDITS.md)");

  static final Advice FIND_PHRASE =
      new Advice(
          "Look for the sentence in the training data, take it out where it says nothing, and add plain"
              + " answers without it.",
          "arXiv:2603.06610 (instruction tuning moves default behaviour most)");

  static final Advice ADAPTER_AT_WORK =
      new Advice(
          "Look whether it is the checkpoint you mean, and whether the adapter was saved after"
              + " training.",
          "Practice; the notes of the plan name an adapter that changes nothing (docs/AUDITS.md)");

  static final Advice MORE_ITEMS =
      new Advice(
          "Ask more items: --plan standard or full, or a larger suite of your own. What was computed is"
              + " used again.",
          "docs/STATISTICS.md, Before the run");

  static final Advice OWN_SUITE =
      new Advice(
          "Write a suite of the skill it was tuned for ("
              + "\"skill\": true), so that the audit says what was gained beside what was lost.",
          "docs/SUITES.md");

  private Fixes() {}

  /** Returns what a loss of ability asks for. */
  static List<Advice> ofLoss(ArmEvidence.Weights weights) {
    return afterWeights(weights, TRAIN_LESS, REPLAY, STAY_NEAR);
  }

  /** Returns what a habit of form asks for. */
  static List<Advice> ofForm(ArmEvidence.Weights weights) {
    List<Advice> all = new ArrayList<>(List.of(PROMPT_FIRST));
    all.addAll(afterWeights(weights, FREEZE_BOTTOM, MIXED_FORMS));
    return List.copyOf(all);
  }

  /** Returns what lost or invented facts ask for. */
  static List<Advice> ofFacts(ArmEvidence.Weights weights) {
    return afterWeights(weights, STOP_EARLY, NO_UNKNOWN_FACTS, PATCH_KNOWN, RETRIEVE);
  }

  /** Returns what a shift of values asks for. */
  static List<Advice> ofValues(ArmEvidence.Weights weights) {
    return afterWeights(weights, STOP_BEFORE_HARM, READ_DATA, INTERLEAVE_SAFE);
  }

  /** Returns some advice after what changes weights without training. */
  static List<Advice> afterWeights(ArmEvidence.Weights weights, Advice... others) {
    List<Advice> all = new ArrayList<>();
    switch (weights) {
      case ADAPTER -> all.add(SMALLER_SCALE);
      case MODEL -> all.add(INTERPOLATE);
      case SCALED -> {}
    }
    all.addAll(List.of(others));
    return List.copyOf(all);
  }
}

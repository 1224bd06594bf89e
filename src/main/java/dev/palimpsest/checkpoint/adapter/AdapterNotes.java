package dev.palimpsest.checkpoint.adapter;

import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is odd about an adapter over a base that it fits, told by names alone. */
final class AdapterNotes {
  private static final Pattern QUANTISED =
      Pattern.compile(
          "bnb|nf4|fp4|gptq|awq|(?<![0-9])[2-68]-?bit|int[48]", Pattern.CASE_INSENSITIVE);

  private final Checkpoint base;
  private final String trainedOn;
  private final List<String> notes = new ArrayList<>();

  private AdapterNotes(Checkpoint base, String trainedOn) {
    this.base = base;
    this.trainedOn = trainedOn;
  }

  /** Returns sentences that follow the adapter's name. */
  static List<String> of(Adapter adapter, Checkpoint base) {
    List<String> notes = new ArrayList<>();
    if (adapter.modulesBeside() > 0) {
      notes.add(
          "also changes %d modules that only images go through; they are not used"
              .formatted(adapter.modulesBeside()));
    }
    startOf(adapter).ifPresent(notes::add);
    AdapterOmissions.of(adapter, adapter.options(), base).ifPresent(notes::add);
    adapter
        .config()
        .baseModel()
        .ifPresent(name -> notes.addAll(new AdapterNotes(base, name).notes()));
    return notes;
  }

  private static Optional<String> startOf(Adapter adapter) {
    int weights = adapter.startedModules().size();
    return weights == 0
        ? Optional.empty()
        : Optional.of(
            "was begun by %s (init_lora_weights) and stands on a changed base: what PEFT takes off %d of its weights is computed whenever it is loaded, which can take minutes over a large base"
                .formatted(adapter.config().start().title(), weights));
  }

  private List<String> notes() {
    String here = Printable.text(base.name());
    String there = Printable.text(trainedOn);
    if (!sameName()) {
      notes.add(
          "says that it was trained on %s, and the base is %s; look whether that is the same model"
              .formatted(there, here));
    }
    boolean quantised = base.config().has("quantization_config");
    boolean hinted = QUANTISED.matcher(lastPart(trainedOn)).find();
    if (hinted && !quantised) {
      notes.add(
          "was trained on quantised weights (%s), and those of %s are not quantised that way; what is found holds for them"
              .formatted(there, here));
    }
    if (quantised && !hinted) {
      notes.add(
          "does not say that it was trained on quantised weights, and those of %s are; what is found holds for them"
              .formatted(here));
    }
    return notes;
  }

  /** Names are often given another ending for a format or a precision. */
  private boolean sameName() {
    String one = letters(lastPart(trainedOn));
    String other = letters(base.name());
    return one.contains(other) || other.contains(one);
  }

  private static String lastPart(String name) {
    String path = name.replace('\\', '/').replaceAll("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String letters(String name) {
    return QUANTISED
        .matcher(name.toLowerCase(Locale.ROOT).replace("unsloth", ""))
        .replaceAll("")
        .replaceAll("[^a-z0-9]", "");
  }
}

package dev.palimpsest.checkpoint;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Folders that a training framework leaves, in which the weights lie in pieces of its own form;
 * each gets the command that gathers them. DIR is the folder, OUT a new one.
 *
 * <p>The names are those that accelerate ({@code utils/fsdp_utils.py}), DeepSpeed ({@code
 * runtime/engine.py}) and Megatron-LM ({@code training/checkpointing.py}) write.
 */
public final class TrainingFolder {
  private static final Pattern FSDP = Pattern.compile("pytorch_model_fsdp_\\d+");
  private static final Pattern FSDP_LOCAL = Pattern.compile("pytorch_model_fsdp_.*rank\\d+\\.bin");
  private static final String FSDP_FULL = "pytorch_model_fsdp.bin";
  private static final String DISTRIBUTED = ".distcp";

  private static final Pattern STEP = Pattern.compile("global_step\\d+");
  private static final String GATHERER = "zero_to_fp32.py";
  private static final String NEWEST = "latest";
  private static final String OPTIMIZER = "optim_states.pt";
  private static final String MODEL = "mp_rank_00_model_states.pt";

  private static final Pattern MEGATRON =
      Pattern.compile("latest_checkpointed_iteration\\.txt|iter_\\d+|mp_rank_\\d+(_\\d+)*");

  /** What Megatron-LM writes beside pieces that are named as those of FSDP. */
  private static final String MEGATRON_REST = "common.pt";

  private static final String GATHER_ZERO = "python -m deepspeed.utils.zero_to_fp32 ";
  private static final String SAFE = " --safe_serialization";
  private static final String MERGE = "accelerate merge-weights ";
  private static final String COPY =
      "; then copy config.json and the tokenizer files of the base beside the weights";

  /** What a file whose tensors are all empty gets. */
  public static final String EMPTY =
      "holds tensors that are all empty, as DeepSpeed ZeRO-3 leaves them when weights are saved"
          + " without being gathered; set stage3_gather_16bit_weights_on_model_save to true and save"
          + " again, or gather the run's checkpoint DIR (with its global_step folder) with: "
          + (GATHER_ZERO + "DIR OUT" + SAFE)
          + COPY;

  private final Path folder;
  private final List<String> names;

  private TrainingFolder(Path folder) {
    this.folder = folder;
    this.names = names(folder);
  }

  /** Returns what a folder holds and the command that gathers it, if a framework left it so. */
  public static Optional<String> conversion(Path folder) {
    TrainingFolder left = new TrainingFolder(folder);
    return left.megatron().or(left::fsdp).or(left::zero).or(left::withoutZero);
  }

  private static List<String> names(Path folder) {
    return CheckpointLocation.list(folder).stream().map(p -> p.getFileName().toString()).toList();
  }

  private Optional<String> megatron() {
    boolean pieces = names.contains(MEGATRON_REST) && hasPieces();
    return pieces || names.stream().anyMatch(name -> MEGATRON.matcher(name).matches())
        ? Optional.of(
            "holds a Megatron-LM checkpoint; convert it to a Hugging Face folder with the"
                + " export of the framework that wrote it (Megatron Bridge, NeMo, ms-swift)")
        : Optional.empty();
  }

  private Optional<String> fsdp() {
    Optional<String> below = names.stream().filter(n -> FSDP.matcher(n).matches()).findFirst();
    if (below.isPresent() || hasPieces()) {
      String from = below.map(name -> "DIR/" + name + " DIR").orElse("DIR OUT");
      return Optional.of("holds an FSDP checkpoint; gather it with: " + MERGE + from + rest());
    }
    if (names.contains(FSDP_FULL)) {
      return Optional.of(
          "holds an FSDP checkpoint in one pickle, which is never opened; convert it with: "
              + Conversion.stateDict(FSDP_FULL, "")
              + rest());
    }
    return names.stream().anyMatch(name -> FSDP_LOCAL.matcher(name).matches())
        ? Optional.of(
            "holds what each process of an FSDP run had, which only the run itself can gather;"
                + " resume it with fsdp_state_dict_type: FULL_STATE_DICT and save again")
        : Optional.empty();
  }

  private boolean hasPieces() {
    return names.stream().anyMatch(name -> name.endsWith(DISTRIBUTED));
  }

  private Optional<String> zero() {
    if (isOfZero(names)) {
      return gather("DIR/.. OUT --tag " + Printable.text(CheckpointLocation.nameOf(folder)), COPY);
    }
    Optional<String> newest = newestStep(TrainingFolder::isStepOfZero);
    if (newest.isEmpty() && !names.contains(GATHERER)) {
      return Optional.empty();
    }
    boolean named = names.contains(NEWEST) || newest.isEmpty();
    return gather("DIR DIR" + (named ? "" : " --tag " + Printable.text(newest.get())), rest());
  }

  private static boolean isStepOfZero(Path below) {
    List<String> files = names(below);
    boolean step = STEP.matcher(below.getFileName().toString()).matches();
    return isOfZero(files) || (step && !files.contains(MODEL));
  }

  private static boolean isOfZero(List<String> names) {
    return names.stream().anyMatch(name -> name.endsWith(OPTIMIZER));
  }

  private Optional<String> gather(String arguments, String rest) {
    String trained =
        names.contains(CheckpointLocation.ADAPTER_CONFIG) ? " --exclude_frozen_parameters" : "";
    return Optional.of(
        "holds a DeepSpeed checkpoint; gather it with: "
            + GATHER_ZERO
            + arguments
            + SAFE
            + trained
            + rest);
  }

  /** Without ZeRO every process has the whole model. */
  private Optional<String> withoutZero() {
    return newestStep(below -> names(below).contains(MODEL))
        .map(step -> Printable.text(step) + "/" + MODEL)
        .map(
            file ->
                "holds a DeepSpeed checkpoint without ZeRO in a pickle, which is never opened;"
                    + " convert it with: "
                    + Conversion.stateDict(file, "['module']")
                    + rest());
  }

  /** Returns the folder of the last step, or of what else was saved under a name of its own. */
  private Optional<String> newestStep(Predicate<Path> holds) {
    return folders()
        .filter(below -> Files.isReadable(below) && Files.isExecutable(below) && holds.test(below))
        .map(below -> below.getFileName().toString())
        .max(Comparator.comparingLong(TrainingFolder::step));
  }

  private Stream<Path> folders() {
    return names.stream()
        .map(folder::resolve)
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
  }

  private static long step(String name) {
    boolean numbered = STEP.matcher(name).matches() && name.length() < 30;
    return numbered ? Long.parseLong(name.substring("global_step".length())) : -1;
  }

  /** Returns what is still to be done where the weights lie then. */
  private String rest() {
    if (names.contains(CheckpointLocation.ADAPTER_CONFIG)) {
      return " && mv DIR/model.safetensors DIR/adapter_model.safetensors";
    }
    return names.contains(CheckpointLocation.CONFIG) ? "" : COPY;
  }
}

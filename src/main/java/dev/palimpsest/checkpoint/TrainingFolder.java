package dev.palimpsest.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Folders that a training framework leaves, in which the weights lie in pieces of its own form;
 * each gets the command that gathers them. DIR is the folder.
 */
public final class TrainingFolder {
  private static final Pattern FSDP = Pattern.compile("pytorch_model_fsdp_\\d+");
  private static final Pattern DEEPSPEED = Pattern.compile("global_step\\d+|zero_to_fp32\\.py");
  private static final Pattern MEGATRON =
      Pattern.compile("latest_checkpointed_iteration\\.txt|iter_\\d+|mp_rank_\\d+.*");
  private static final String FULL_STATE = "pytorch_model_fsdp.bin";
  private static final String DISTRIBUTED = ".distcp";

  private static final String GATHER_ZERO =
      "python -m deepspeed.utils.zero_to_fp32 DIR DIR --safe_serialization";
  private static final String MERGE = "accelerate merge-weights ";

  /** What a file whose tensors are all empty gets. */
  public static final String EMPTY =
      "holds tensors that are all empty, as DeepSpeed ZeRO-3 leaves them when weights are saved"
          + " without being gathered; set stage3_gather_16bit_weights_on_model_save to true and save"
          + " again, or gather the run's checkpoint DIR (with its global_step folder) with: "
          + GATHER_ZERO;

  private TrainingFolder() {}

  /** Returns what a folder holds and the command that gathers it, if a framework left it so. */
  public static Optional<String> conversion(Path folder) {
    List<String> names =
        CheckpointLocation.list(folder).stream()
            .map(path -> path.getFileName().toString())
            .toList();
    Optional<String> shards = names.stream().filter(n -> FSDP.matcher(n).matches()).findFirst();
    if (shards.isPresent() || names.stream().anyMatch(name -> name.endsWith(DISTRIBUTED))) {
      String pieces = shards.map(name -> "DIR/" + name).orElse("DIR");
      return Optional.of(
          "holds an FSDP checkpoint; gather it with: "
              + MERGE
              + pieces
              + (shards.isPresent() ? " DIR" : " OUT")
              + config(names));
    }
    if (names.contains(FULL_STATE)) {
      return Optional.of(
          "holds an FSDP checkpoint in one pickle, which is never opened; convert it with: "
              + Conversion.stateDict(FULL_STATE)
              + config(names));
    }
    if (names.stream().anyMatch(name -> DEEPSPEED.matcher(name).matches())) {
      return Optional.of(
          "holds a DeepSpeed checkpoint; gather it with: " + GATHER_ZERO + config(names));
    }
    return names.stream().anyMatch(name -> MEGATRON.matcher(name).matches())
        ? Optional.of(
            "holds a Megatron-LM checkpoint; convert it to a Hugging Face folder with the"
                + " export of the framework that wrote it (Megatron Bridge, NeMo, ms-swift)")
        : Optional.empty();
  }

  private static String config(List<String> names) {
    return names.contains(CheckpointLocation.CONFIG)
        ? ""
        : "; then copy config.json and the tokenizer files of the base beside the weights";
  }
}

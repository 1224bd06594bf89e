package dev.palimpsest.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What training frameworks leave, and the one command that makes a checkpoint of it. The commands
 * were read off accelerate 1.15 and DeepSpeed 0.19.
 */
final class TrainingFolderTest {
  private static final String ZERO = "python -m deepspeed.utils.zero_to_fp32 ";
  private static final String COPY =
      "; then copy config.json and the tokenizer files of the base beside the weights";

  @TempDir private Path folder;

  /** Puts files there, separated by blanks. */
  private void put(String files) throws IOException {
    for (String file : files.split(" ", -1)) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.endsWith("config.json") ? "{}" : "x");
    }
  }

  private String sentence() {
    return TrainingFolder.conversion(folder).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Trainer and accelerate, SHARDED_STATE_DICT
        "pytorch_model_fsdp_0/.metadata pytorch_model_fsdp_0/__0_0.distcp optimizer_0/__0_0.distcp"
            + " | accelerate merge-weights DIR/pytorch_model_fsdp_0 DIR",
        "trainer_state.json pytorch_model_fsdp_0/__0_0.distcp pytorch_model_fsdp_1/__0_0.distcp"
            + " | accelerate merge-weights DIR/pytorch_model_fsdp_0 DIR",
        // that folder itself, or torch.distributed.checkpoint alone
        ".metadata __0_0.distcp __1_0.distcp | accelerate merge-weights DIR OUT",
        "zero_to_fp32.py latest global_step5/zero_pp_rank_0_mp_rank_00_optim_states.pt"
            + " | python -m deepspeed.utils.zero_to_fp32 DIR DIR --safe_serialization",
        // ZeRO 1 and 2 have the model whole beside the optimizer's part, bfloat16 a prefix
        "latest global_step5/mp_rank_00_model_states.pt"
            + " global_step5/bf16_zero_pp_rank_0_mp_rank_00_optim_states.pt"
            + " | python -m deepspeed.utils.zero_to_fp32 DIR DIR --safe_serialization",
        // ZeRO 3
        "latest global_step5/zero_pp_rank_0_mp_rank_00_model_states.pt"
            + " global_step5/zero_pp_rank_0_mp_rank_00_optim_states.pt"
            + " | python -m deepspeed.utils.zero_to_fp32 DIR DIR --safe_serialization",
        // the file that names the last step is lost
        "global_step90/zero_pp_rank_0_mp_rank_00_optim_states.pt"
            + " global_step200/zero_pp_rank_0_mp_rank_00_optim_states.pt"
            + " | python -m deepspeed.utils.zero_to_fp32 DIR DIR --tag global_step200"
            + " --safe_serialization",
        // accelerate save_state has a name of its own
        "latest pytorch_model/zero_pp_rank_0_mp_rank_00_optim_states.pt"
            + " | python -m deepspeed.utils.zero_to_fp32 DIR DIR --safe_serialization",
        // without ZeRO
        "latest global_step5/mp_rank_00_model_states.pt"
            + " | torch.load('DIR/global_step5/mp_rank_00_model_states.pt', map_location='cpu',"
            + " weights_only=True)['module']",
        "pytorch_model_fsdp.bin | torch.load('DIR/pytorch_model_fsdp.bin'",
      })
  void eachGetsItsCommand(String files, String command) throws IOException {
    put(files);
    assertThat(sentence()).contains(command).endsWith(COPY);
    assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining(command);
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"llama\"}");
    assertThat(sentence()).contains(command).doesNotContain(COPY);
    assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining(command);
  }

  @Test
  void aStepOfDeepSpeedIsGatheredFromTheFolderAboveIt() throws IOException {
    put("run/global_step5/mp_rank_00_model_states.pt");
    put("run/global_step5/zero_pp_rank_0_mp_rank_00_optim_states.pt");
    assertThat(TrainingFolder.conversion(folder.resolve("run/global_step5")).orElseThrow())
        .isEqualTo(
            "holds a DeepSpeed checkpoint; gather it with: "
                + (ZERO + "DIR/.. OUT --tag global_step5 --safe_serialization")
                + COPY);
  }

  @ParameterizedTest
  @CsvSource({
    "latest_checkpointed_iteration.txt iter_0000100/mp_rank_00/model_optim_rng.pt",
    "mp_rank_00/model_optim_rng.pt",
    "mp_rank_00_001/model_optim_rng.pt",
    "common.pt metadata.json __0_0.distcp",
  })
  void megatronHasNoCommandOfItsOwn(String files) throws IOException {
    put(files);
    assertThat(sentence()).startsWith("holds a Megatron-LM checkpoint").contains("Megatron Bridge");
  }

  @Test
  void whatOnlyTheRunCanGatherIsSaidSo() throws IOException {
    put("pytorch_model_fsdp_0_rank0.bin pytorch_model_fsdp_0_rank1.bin");
    assertThat(sentence()).contains("resume it with fsdp_state_dict_type: FULL_STATE_DICT");
  }

  /** The gathered file of an adapter's run holds the adapter alone, under the name of a model. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pytorch_model_fsdp_0/__0_0.distcp | accelerate merge-weights DIR/pytorch_model_fsdp_0 DIR",
        "latest global_step5/zero_pp_rank_0_mp_rank_00_optim_states.pt | python -m"
            + " deepspeed.utils.zero_to_fp32 DIR DIR --safe_serialization"
            + " --exclude_frozen_parameters",
      })
  void anAdaptersRunEndsInAnAdapter(String files, String command) throws IOException {
    put(files);
    Files.copy(
        Fixtures.path("adapters/plain").resolve("adapter_config.json"),
        folder.resolve("adapter_config.json"));
    assertThatThrownBy(() -> Adapter.open(folder))
        .hasMessageEndingWith(
            command + " && mv DIR/model.safetensors DIR/adapter_model.safetensors");
  }

  @Test
  void otherFoldersGetNone() throws IOException {
    put("config.json model.safetensors runs/events.1 checkpoint-5/config.json");
    assertThat(TrainingFolder.conversion(folder)).isEmpty();
    assertThat(List.of("llama", "tiny_adapter"))
        .allSatisfy(name -> assertThat(TrainingFolder.conversion(Fixtures.path(name))).isEmpty());
  }
}

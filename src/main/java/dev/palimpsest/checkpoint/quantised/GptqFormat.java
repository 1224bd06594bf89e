package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of GPTQ, as AutoGPTQ and GPTQModel write them.
 *
 * <p>{@code qweight} [in · bits / 32, out] holds each output's codes one after the other down its
 * column, {@code qzeros} [groups, out · bits / 32] the zero points along its rows, {@code scales}
 * [groups, out] the steps, and {@code g_idx} [in] the group of each input, which runs on in order
 * if it is absent. Files of the first version store zero points less 1.
 *
 * @param bits bits of a code: 2, 3, 4 or 8
 * @param groupSize inputs that share a scale, or -1 for all
 * @param zerosLessOne whether zero points are stored less 1
 */
record GptqFormat(int bits, int groupSize, boolean zerosLessOne) implements PackedFormat {
  private static final List<String> PARTS = List.of(CODES, ".qzeros", ".scales", ".g_idx");

  /** Reads the configuration's section. */
  static GptqFormat of(String file, ModelConfig section) {
    String layout = section.text("checkpoint_format", section.text("format", "gptq"));
    if (!Set.of("gptq", "gptq_v2").contains(layout)) {
      throw refuse(file, ": checkpoint_format is " + Printable.text(layout));
    }
    if (!section.text("pack_dtype", "int32").equals("int32")) {
      throw refuse(file, ": pack_dtype is not int32");
    }
    if (!section.has("bits") || !Set.of(2, 3, 4, 8).contains(section.naturalInt("bits"))) {
      throw refuse(file, ": bits is not 2, 3, 4 or 8");
    }
    requireOneKind(file, section);
    int group = PackedFormat.groupSize(section);
    return new GptqFormat(section.naturalInt("bits"), group, layout.equals("gptq"));
  }

  /** Rules for single modules may leave modules out, but not quantise them another way. */
  private static void requireOneKind(String file, ModelConfig section) {
    section
        .section("dynamic")
        .ifPresent(
            rules ->
                rules
                    .node()
                    .fieldNames()
                    .forEachRemaining(
                        rule -> {
                          if (!rule.startsWith("-:")) {
                            throw refuse(file, ": dynamic holds rules for single modules");
                          }
                        }));
  }

  private static CheckpointException refuse(String file, String reason) {
    return Quantisation.unsupported(file, "gptq", reason);
  }

  @Override
  public List<String> suffixes() {
    return PARTS;
  }

  @Override
  public TensorSource join(Map<String, StoredTensor> tensors, String weight) {
    return new PackedReader(tensors, weight, groupSize).gptq(this);
  }
}

package dev.palimpsest.checkpoint.adapter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.quantised.Quantisation;
import dev.palimpsest.checkpoint.safetensors.SafetensorsShards;
import dev.palimpsest.checkpoint.tensor.FileTensors;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.checkpoint.tensor.TransposedTensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells an adapter of mlx-lm in the vocabulary of PEFT.
 *
 * <p>{@code adapters.safetensors} holds {@code MODULE.lora_a} [in, rank] and {@code MODULE.lora_b}
 * [rank, out], whose product is scaled by {@code lora_parameters.scale}; with fine_tune_type dora
 * the magnitudes {@code MODULE.m} too; with full, whole tensors that take the place of the base's.
 */
final class MlxAdapter {
  /** The file with the weights. */
  static final String WEIGHTS = "adapters.safetensors";

  private static final String TYPE = "fine_tune_type";
  private static final String PARAMETERS = "lora_parameters";
  private static final String A = ".lora_a";
  private static final String B = ".lora_b";
  private static final String MAGNITUDE = ".m";

  private final ModelConfig own;
  private final TensorStore stored;
  private final Map<String, Integer> ranks = new LinkedHashMap<>();
  private final List<TensorSource> tensors = new ArrayList<>();
  private final Set<String> whole = new TreeSet<>();

  private MlxAdapter(ModelConfig own, TensorStore stored) {
    this.own = own;
    this.stored = stored;
  }

  /** Says whether an adapter_config.json is one of mlx-lm. */
  static boolean isDescribedBy(ModelConfig config) {
    return !config.has("peft_type") && (config.has(TYPE) || config.has(PARAMETERS));
  }

  static AdapterFiles open(Path folder, ModelConfig config) {
    SafetensorsShards shards =
        SafetensorsShards.open(
            folder, CheckpointLocation.nameOf(folder), List.of(WEIGHTS), Quantisation.none());
    try {
      return new MlxAdapter(config, shards.tensors()).read(shards);
    } catch (RuntimeException e) {
      shards.close();
      throw e;
    }
  }

  private AdapterFiles read(SafetensorsShards shards) {
    String type = own.text(TYPE, "lora");
    if (!Set.of("lora", "dora", "full").contains(type)) {
      throw own.wrong(TYPE, "lora, dora or full");
    }
    for (String name : stored.names()) {
      add(name, type);
    }
    if (type.equals("full") ? whole.isEmpty() : ranks.isEmpty()) {
      throw refuse("holds no tensors of a " + type + " adapter; fetch it again");
    }
    return new AdapterFiles(
        "mlx-lm",
        WEIGHTS,
        config(type),
        new FileTensors(WEIGHTS, tensors),
        Set.of(),
        Set.of(),
        notes(),
        shards);
  }

  private ModelConfig config(String type) {
    ObjectNode node = ranks.isEmpty() ? LoraConfigs.of(Map.of("none", 1)) : LoraConfigs.of(ranks);
    double scale = type.equals("full") ? 1 : scale();
    LoraConfigs.putAlphas(node, ranks, scale);
    node.put("use_dora", type.equals("dora"));
    // a tied embedding is one module in MLX, which computes the head as well
    node.put("ensure_weight_tying", true);
    whole.forEach(name -> node.withArray("modules_to_save").add(name));
    if (own.has("model")) {
      node.put("base_model_name_or_path", own.text("model"));
    }
    return new ModelConfig(own.file(), node);
  }

  private double scale() {
    return own.section(PARAMETERS)
        .map(parameters -> parameters.number("scale"))
        .orElseThrow(
            () ->
                CheckpointException.missing(own.file(), PARAMETERS, "rank and scale of the LoRA"));
  }

  private List<String> notes() {
    boolean alpha =
        own.section(PARAMETERS).filter(parameters -> parameters.has("alpha")).isPresent();
    return alpha
        ? List.of(
            "has lora_parameters.alpha, which mlx-lm of 2024 and later does not follow; its scale alone counts")
        : List.of();
  }

  private void add(String name, String type) {
    if (name.endsWith(A)) {
      addFactors(name.substring(0, name.length() - A.length()));
    } else if (name.endsWith(B)) {
      require(name.substring(0, name.length() - B.length()) + A);
    } else if (name.endsWith(MAGNITUDE) && type.equals("dora")) {
      String module = name.substring(0, name.length() - MAGNITUDE.length());
      require(module + A);
      tensors.add(named(name, prefix(module) + "lora_magnitude_vector"));
    } else if (type.equals("full")) {
      whole.add(name.substring(0, name.lastIndexOf('.')));
      tensors.add(named(name, AdapterNames.PREFIX + name));
    } else {
      throw refuse(
          "has tensor %s, which a %s adapter of mlx-lm has not; fuse it with: mlx_lm.fuse --model BASE --adapter-path DIR --save-path OUT"
              .formatted(Printable.text(name), type));
    }
  }

  private void addFactors(String module) {
    require(module + B);
    long[] a = stored.info(module + A).shape();
    long[] b = stored.info(module + B).shape();
    if (a.length != 2 || b.length != 2 || a[1] != b[0] || a[1] > Integer.MAX_VALUE) {
      throw refuse(
          "has lora_a %s and lora_b %s of %s, which cannot be multiplied as matrices; fuse it with: mlx_lm.fuse --model BASE --adapter-path DIR --save-path OUT"
              .formatted(TensorInfo.shapeText(a), TensorInfo.shapeText(b), Printable.text(module)));
    }
    ranks.put(module, (int) a[1]);
    boolean table = module.endsWith("embed_tokens") || module.endsWith("wte");
    String names = prefix(module) + (table ? "lora_embedding_" : "lora_");
    String end = table ? "" : ".weight";
    tensors.add(new TransposedTensor(names + "A" + end, source(module + A)));
    tensors.add(new TransposedTensor(names + "B" + end, source(module + B)));
  }

  private static String prefix(String module) {
    return AdapterNames.PREFIX + module + ".";
  }

  private void require(String name) {
    if (!stored.contains(name)) {
      throw refuse("lacks tensor %s; fetch it again".formatted(Printable.text(name)));
    }
  }

  private TensorSource source(String name) {
    return new Named(name, stored.info(name), stored);
  }

  private TensorSource named(String name, String other) {
    TensorInfo info = stored.info(name);
    return new Named(
        name, new TensorInfo(other, info.type(), info.shape(), info.byteLength()), stored);
  }

  private static CheckpointException refuse(String sentence) {
    return new CheckpointException(WEIGHTS, sentence);
  }

  /** A stored tensor, maybe by another name. */
  private record Named(String name, TensorInfo info, TensorStore store) implements TensorSource {
    @Override
    public void scan(TensorStore.Visitor visitor) {
      store.scan(name, visitor);
    }

    @Override
    public ByteBuffer bytes() {
      return store.bytes(name);
    }
  }
}

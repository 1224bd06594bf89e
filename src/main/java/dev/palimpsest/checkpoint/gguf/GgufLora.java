package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tensor.FileTensors;
import dev.palimpsest.checkpoint.tensor.RowOrder;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.checkpoint.tensor.TransposedTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The LoRA adapter in a GGUF file, as llama.cpp's {@code convert_lora_to_gguf.py} writes it.
 *
 * <p>A matrix NAME.weight of the base is changed by {@code NAME.weight.lora_a} [rank, in] and
 * {@code NAME.weight.lora_b} [out, rank], times alpha / rank, or by 1 where alpha is 0; {@code
 * token_embd.weight.lora_a} is [tokens, rank]. Rows of lora_b stand as those of the base's matrix
 * in GGUF.
 *
 * @param architecture the base's, in llama.cpp's vocabulary
 * @param alpha as in the file; 0 where the products are taken as they are
 * @param ranks by module of the base, in Hugging Face vocabulary
 * @param interleaved the modules whose rows of lora_b are interleaved head by head
 * @param tensors by the names that PEFT gives them, without its prefix
 * @param baseModel what the file says it was trained on
 */
public record GgufLora(
    String architecture,
    double alpha,
    Map<String, Integer> ranks,
    Set<String> interleaved,
    TensorStore tensors,
    Optional<String> baseModel) {
  private static final String TYPE = "general.type";
  private static final String KIND = "adapter.type";
  private static final String ALPHA = "adapter.lora.alpha";
  private static final String A = ".lora_a";
  private static final String B = ".lora_b";
  private static final String TABLE = "token_embd.weight";

  /**
   * Architectures whose converter reorders or turns matrices in ways that a LoRA does not survive.
   */
  private static final Set<String> REORDERED = Set.of("gpt2", "gptneox", "falcon");

  /**
   * Reads the header of an open file.
   *
   * @throws CheckpointException if it is no adapter that can be applied
   */
  public static GgufLora of(GgufFile file) {
    return new Reader(file).read();
  }

  /** Returns the model_types, as config.json names them, of bases that the adapter may be for. */
  public Set<String> modelTypes() {
    return GgufArchitectures.modelTypes(architecture);
  }

  /** Collects the pairs of one file. */
  private static final class Reader {
    private final GgufFile file;
    private final GgufArchitecture architecture;
    private final Map<String, GgufFile.Entry> entries = new LinkedHashMap<>();
    private final List<TensorSource> tensors = new ArrayList<>();
    private final Map<String, Integer> ranks = new LinkedHashMap<>();
    private final Set<String> interleaved = new LinkedHashSet<>();

    Reader(GgufFile file) {
      this.file = file;
      requireLora();
      this.architecture = GgufArchitectures.of(file, new GgufKeys(file));
      file.entries().forEach(entry -> entries.put(entry.info().name(), entry));
    }

    GgufLora read() {
      if (REORDERED.contains(architecture.id())) {
        throw refuse(
            "is a LoRA adapter for architecture %s, which is not read from GGUF; give the PEFT folder it was made from"
                .formatted(architecture.id()));
      }
      for (String name : entries.keySet()) {
        if (name.endsWith(A)) {
          add(name.substring(0, name.length() - A.length()));
        } else if (!name.endsWith(B)) {
          throw refuse(
              "has tensor %s, which is neither lora_a nor lora_b and is not supported; give the PEFT folder it was made from"
                  .formatted(Printable.text(name)));
        } else if (!entries.containsKey(name.substring(0, name.length() - B.length()) + A)) {
          throw lacks(name.substring(0, name.length() - B.length()) + A);
        }
      }
      if (ranks.isEmpty()) {
        throw refuse("holds no LoRA tensors; convert it again");
      }
      return new GgufLora(
          architecture.id(),
          file.metadata().number(ALPHA, 0), // what llama.cpp takes for absent
          ranks,
          interleaved,
          new FileTensors(file.name(), tensors),
          baseModel());
    }

    private void requireLora() {
      if (file.metadata().keys().stream().anyMatch(key -> key.startsWith("adapter.alora."))) {
        throw refuse(
            "is an activated LoRA (adapter.alora), which is not supported; merge it into its base");
      }
      String kind = file.metadata().text(KIND);
      if (!file.metadata().text(TYPE).equals("adapter") || !kind.equals("lora")) {
        throw refuse(
            "is an adapter of type %s, which is not supported; only lora is"
                .formatted(Printable.text(kind)));
      }
    }

    private Optional<String> baseModel() {
      String key = "general.base_model.0.name";
      return file.metadata().has(key) ? Optional.of(file.metadata().text(key)) : Optional.empty();
    }

    private void add(String weight) {
      GgufFile.Entry second = entries.get(weight + B);
      if (second == null) {
        throw lacks(weight + B);
      }
      GgufFile.Entry first = entries.get(weight + A);
      String module = module(weight);
      boolean table = weight.equals(TABLE);
      long[] a = first.info().shape();
      long[] b = second.info().shape();
      if (a.length != 2 || b.length != 2 || b[1] != a[table ? 1 : 0] || b[1] > Integer.MAX_VALUE) {
        throw refuse(
            "has %s %s and %s %s, which cannot be multiplied"
                .formatted(
                    first.info().name(),
                    TensorInfo.shapeText(a),
                    second.info().name(),
                    TensorInfo.shapeText(b)));
      }
      ranks.put(module, (int) b[1]);
      if (architecture.interleaved()
          && (weight.contains(".attn_q.") || weight.contains(".attn_k."))) {
        interleaved.add(module);
      }
      String name = module + (table ? ".lora_embedding_" : ".lora_");
      String end = table ? "" : ".weight";
      tensors.add(
          table
              ? new TransposedTensor(name + "A", first.stored())
              : named(first, name + "A" + end));
      tensors.add(named(second, name + "B" + end));
    }

    private static StoredTensor named(GgufFile.Entry entry, String name) {
      return new StoredTensor(
          entry.file(),
          entry.offset(),
          new TensorInfo(
              name, entry.info().type(), entry.info().shape(), entry.info().byteLength()),
          RowOrder.AS_STORED);
    }

    /** Returns the one module that a matrix of GGUF stands for. */
    private String module(String weight) {
      List<String> parts = architecture.names().of(weight).orElse(List.of());
      boolean whole =
          parts.size() == 1
              && parts.get(0).endsWith(".weight")
              && !parts.get(0).contains("{i}")
              && !parts.get(0).contains("norm");
      if (!whole) {
        throw refuse(
            "changes %s, which is not supported in a LoRA adapter of architecture %s; give the PEFT folder it was made from"
                .formatted(Printable.text(weight), architecture.id()));
      }
      return parts.get(0).substring(0, parts.get(0).length() - ".weight".length());
    }

    private CheckpointException lacks(String tensor) {
      return refuse("lacks tensor %s; fetch or convert it again".formatted(Printable.text(tensor)));
    }

    private CheckpointException refuse(String sentence) {
      return new CheckpointException(file.name(), sentence);
    }
  }
}

package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.tensor.FileTensors;
import dev.palimpsest.checkpoint.tensor.RowOrder;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives the tensors of a GGUF file the names, order and values that Hugging Face has. */
final class GgufTensors {
  static final String LLAMA3_FACTORS = "rope_freqs.weight";
  static final String SHORT_FACTORS = "rope_factors_short.weight";
  static final String LONG_FACTORS = "rope_factors_long.weight";
  private static final Set<String> TOLD_BY_CONFIG =
      Set.of(LLAMA3_FACTORS, SHORT_FACTORS, LONG_FACTORS);
  private static final String INDEX = "{i}";

  /** Four times those of the largest published mixtures. */
  private static final int MOST = 200_000;

  private final GgufArchitecture architecture;
  private final ModelConfig config;
  private final List<TensorSource> tensors = new ArrayList<>();
  private final Map<String, StoredTensor> halves = new LinkedHashMap<>();

  private GgufTensors(GgufArchitecture architecture, ModelConfig config) {
    this.architecture = architecture;
    this.config = config;
  }

  static TensorStore of(GgufFile file, GgufArchitecture architecture, ModelConfig config) {
    GgufTensors named = new GgufTensors(architecture, config);
    for (GgufFile.Entry entry : file.entries()) {
      if (!TOLD_BY_CONFIG.contains(entry.info().name())) {
        named.add(entry);
      }
    }
    named.halves.values().stream()
        .findFirst()
        .ifPresent(
            half -> {
              throw new CheckpointException(
                  file.name(), "lacks the other half of " + half.info().name());
            });
    return FileTensors.plain(file.name(), named.tensors);
  }

  private void add(GgufFile.Entry entry) {
    String name = entry.info().name();
    List<String> parts =
        architecture
            .names()
            .of(name)
            .orElseThrow(
                () ->
                    new CheckpointException(
                        entry.file().name(),
                        "has tensor %s, which architecture %s is not read with"
                            .formatted(name, architecture.id())));
    StoredTensor stored = ordered(entry);
    if (parts.get(0).contains(INDEX)) {
      addSlices(stored, parts);
    } else {
      addParts(stored, parts);
    }
  }

  private void addParts(StoredTensor tensor, List<String> parts) {
    for (int part = 0; part < parts.size(); part++) {
      addPart(tensor.part(parts.get(part), part, parts.size()));
    }
  }

  private void addPart(StoredTensor tensor) {
    String name = tensor.info().name();
    if (name.endsWith("#0") || name.endsWith("#1")) {
      addHalf(tensor, name);
    } else if (name.endsWith("=")) {
      long elements = tensor.info().elements();
      tensors.add(tensor.named(name.substring(0, name.length() - 1), 1, elements));
    } else {
      boolean shifted = architecture.normShift() != 0 && name.endsWith("norm.weight");
      tensors.add(shifted ? new GgufShift(tensor, architecture.normShift()) : tensor);
    }
  }

  private void addSlices(StoredTensor tensor, List<String> parts) {
    long[] shape = tensor.info().shape();
    if (shape.length < 2 || shape[0] > (MOST - tensors.size()) / parts.size()) {
      throw new CheckpointException(
          tensor.file().name(),
          "tensor %s has shape %s, which cannot be cut along its first dimension"
              .formatted(tensor.info().name(), tensor.info().shapeText()));
    }
    int count = (int) shape[0];
    long[] rest = Arrays.copyOfRange(shape, 1, shape.length);
    for (int i = 0; i < count; i++) {
      String index = Integer.toString(i);
      StoredTensor slice = tensor.part(parts.get(0), i, count).named(parts.get(0), rest);
      addParts(slice, parts.stream().map(part -> part.replace(INDEX, index)).toList());
    }
  }

  private void addHalf(StoredTensor tensor, String name) {
    String joined = name.substring(0, name.length() - 2);
    StoredTensor other = halves.remove(joined);
    if (other == null) {
      halves.put(joined, tensor);
    } else {
      boolean gateFirst = name.endsWith("#1");
      tensors.add(
          GgufGatedExperts.of(joined, gateFirst ? other : tensor, gateFirst ? tensor : other));
    }
  }

  /** Finds the order of the rows: llama.cpp interleaves the halves of heads that it so rotates. */
  private StoredTensor ordered(GgufFile.Entry entry) {
    TensorInfo info = entry.info();
    boolean rotated = info.name().contains(".attn_q.") || info.name().contains(".attn_k.");
    if (!architecture.interleaved() || !rotated) {
      return entry.stored();
    }
    int headDim = config.positiveInt("head_dim");
    if (headDim % 2 != 0 || info.shape()[0] % headDim != 0) {
      throw new CheckpointException(
          config.file(),
          "tensor %s has %d rows, expected a multiple of an even head size, not %d"
              .formatted(info.name(), info.shape()[0], headDim));
    }
    return new StoredTensor(entry.file(), entry.offset(), info, new RowOrder(headDim));
  }
}

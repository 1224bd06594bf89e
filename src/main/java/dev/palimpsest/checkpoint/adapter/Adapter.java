package dev.palimpsest.checkpoint.adapter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.Conversion;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.model.HuggingFaceCheckpoint;
import dev.palimpsest.checkpoint.model.TextPart;
import dev.palimpsest.checkpoint.quantised.Quantisation;
import dev.palimpsest.checkpoint.safetensors.SafetensorsShards;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.checkpoint.tensor.TensorValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A LoRA adapter: a folder of PEFT (adapter_config.json and adapter_model.safetensors) or mlx-lm,
 * or a GGUF file; all are told in the vocabulary of PEFT.
 *
 * <p>Opening checks it in itself; {@link #checkAgainst} checks that it fits a base.
 */
public final class Adapter implements AutoCloseable {
  static final String CONFIG = CheckpointLocation.ADAPTER_CONFIG;

  /** The file with the weights. */
  public static final String WEIGHTS = "adapter_model.safetensors";

  /** The file with the weights in the old format, which is never opened. */
  public static final String PICKLE = "adapter_model.bin";

  /** Why it is not, and what to do. */
  public static final String PICKLE_REFUSAL =
      "is a pickle, which can run code when it is loaded and is never opened; convert it with: "
          + Conversion.ADAPTER_COMMAND;

  private static final Pattern EMBEDDING =
      Pattern.compile("(.*\\.)?(embed_tokens|wte|embed_in|word_embeddings)\\.weight");

  private final Path path;
  private final AdapterConfig config;
  private final AdapterFiles files;
  private final AdapterTensors parts;

  private Adapter(Path path, AdapterConfig config, AdapterFiles files, AdapterTensors parts) {
    this.path = path;
    this.config = config;
    this.files = files;
    this.parts = parts;
  }

  /**
   * Opens an adapter.
   *
   * @throws CheckpointException if it is broken or of a kind that cannot be applied
   */
  public static Adapter open(Path path) {
    CheckpointLocation location = CheckpointLocation.of(path);
    if (location.kind() != CheckpointKind.ADAPTER) {
      throw new CheckpointException(location.name(), "is no adapter; it has no " + CONFIG);
    }
    Path file = location.path();
    return Files.isDirectory(file) ? openFolder(file) : of(file, GgufAdapter.open(file));
  }

  private static Adapter openFolder(Path folder) {
    ModelConfig said = HuggingFaceCheckpoint.readConfig(folder, CONFIG);
    if (MlxAdapter.isDescribedBy(said)) {
      return of(folder, MlxAdapter.open(folder, said));
    }
    AdapterConfigReader.read(said);
    refusePickle(folder);
    SafetensorsShards weights =
        SafetensorsShards.open(
            folder, CheckpointLocation.nameOf(folder), List.of(WEIGHTS), Quantisation.none());
    AdapterFiles files =
        new AdapterFiles(
            "PEFT", WEIGHTS, said, weights.tensors(), Set.of(), Set.of(), List.of(), weights);
    return of(folder, files);
  }

  private static Adapter of(Path path, AdapterFiles files) {
    try {
      AdapterConfig config = AdapterConfigReader.read(files.config());
      return new Adapter(path, config, files, AdapterTensors.of(config, files));
    } catch (RuntimeException e) {
      close(files);
      throw e;
    }
  }

  private static void close(AdapterFiles files) {
    try {
      files.open().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the file of a folder that holds the weights. */
  public static String weightsIn(Path folder) {
    boolean peft = Files.exists(folder.resolve(WEIGHTS), LinkOption.NOFOLLOW_LINKS);
    boolean mlx = Files.exists(folder.resolve(MlxAdapter.WEIGHTS), LinkOption.NOFOLLOW_LINKS);
    return mlx && !peft ? MlxAdapter.WEIGHTS : WEIGHTS;
  }

  private static void refusePickle(Path folder) {
    boolean safetensors = Files.exists(folder.resolve(WEIGHTS), LinkOption.NOFOLLOW_LINKS);
    if (!safetensors && Files.exists(folder.resolve(PICKLE), LinkOption.NOFOLLOW_LINKS)) {
      throw new CheckpointException(PICKLE, PICKLE_REFUSAL);
    }
  }

  /** Returns the folder's name. */
  public String name() {
    return CheckpointLocation.nameOf(path);
  }

  /** Returns the folder. */
  public Path path() {
    return path;
  }

  /** Returns whose form the adapter is in, for example {@code PEFT}. */
  public String form() {
    return files.form();
  }

  /** Returns the name of the file with the weights. */
  public String weights() {
    return files.weights();
  }

  /** Returns the model_types of bases that the adapter says it is for; empty for any. */
  Set<String> modelTypes() {
    return files.modelTypes();
  }

  /** Says whether the rows of a module's B are interleaved head by head, as llama.cpp has them. */
  public boolean isInterleaved(String module) {
    return files.interleaved().contains(module);
  }

  /** Returns what adapter_config.json says. */
  public AdapterConfig config() {
    return config;
  }

  /** Returns the tensors by the names they have in the file. */
  public TensorStore tensors() {
    return files.tensors();
  }

  /** Returns the changed modules that text goes through, sorted by name. */
  public List<LoraModule> modules() {
    return parts.modules().stream().filter(part -> !TextPart.isBeside(part.module())).toList();
  }

  /**
   * Returns the modules off whose weights something is taken before the products are added: neither
   * embeddings, nor weights that the adapter replaces, as PEFT saves those with it already off.
   */
  public List<LoraModule> startedModules() {
    return config.start().changesBase()
        ? modules().stream().filter(module -> !module.embedding() && !isReplaced(module)).toList()
        : List.of();
  }

  private boolean isReplaced(LoraModule module) {
    return replacements().containsKey(module.module() + ".weight");
  }

  /** Returns what was odd about the tensors' names, in sentences that follow the adapter's name. */
  public List<String> spelling() {
    return Stream.concat(files.notes().stream(), parts.notes().stream()).toList();
  }

  /** Returns how many modules are changed that only images go through. */
  int modulesBeside() {
    return parts.modules().size() - modules().size();
  }

  /**
   * Returns the base's tensors that the adapter replaces (modules_to_save, biases), each with the
   * name of the tensor in the adapter that takes its place.
   */
  public Map<String, String> replacements() {
    return parts.replacements();
  }

  /**
   * Returns the base's embeddings and heads of which the adapter replaces rows, with those rows.
   */
  public Map<String, TokenRows> tokenRows() {
    return parts.tokenRows();
  }

  /** Returns the rows of the embedding that takes the place of the base's, if one does. */
  public OptionalInt embeddingRows() {
    return replacements().entrySet().stream()
        .filter(replaced -> EMBEDDING.matcher(replaced.getKey()).matches())
        .mapToInt(replaced -> (int) tensors().info(replaced.getValue()).shape()[0])
        .findFirst();
  }

  /**
   * Refuses a base that the adapter was not made for.
   *
   * @throws CheckpointException if a module is missing in the base or has another shape
   */
  public void checkAgainst(Checkpoint base) {
    new AdapterFit(this, base).check();
  }

  /**
   * Returns what is odd about the adapter over a base that it fits, in sentences that follow its
   * name: a base of another name, or of another precision than the one it was trained on.
   */
  public List<String> notesOn(Checkpoint base) {
    return AdapterNotes.of(this, base);
  }

  /**
   * Returns what should be known before a run over a base that it fits, in sentences that follow
   * its name: that it changes nothing, how its tensors are named, and its {@link #notesOn notes}.
   */
  public List<String> warningsOn(Checkpoint base) {
    List<String> warnings = new ArrayList<>();
    if (isDead()) {
      warnings.add(
          "changes nothing: its B matrices are all zero, as before the first step of training;"
              + " whatever is found is not about a fine-tune");
    }
    unknownOptions().ifPresent(warnings::add);
    warnings.addAll(spelling());
    warnings.addAll(notesOn(base));
    return warnings;
  }

  /**
   * Returns which options of adapter_config.json are switched on and not known here, in a sentence
   * that follows its name.
   */
  public Optional<String> unknownOptions() {
    return AdapterOptions.unknown(options());
  }

  /** Returns what adapter_config.json says, told in the vocabulary of PEFT. */
  ObjectNode options() {
    return files.config().node();
  }

  /** Says whether the adapter changes nothing: every B is zero and nothing is replaced. */
  public boolean isDead() {
    boolean onlyProducts =
        replacements().isEmpty()
            && tokenRows().isEmpty()
            && !config.useDora()
            && !config.start().changesBase()
            && !config.loraBias();
    return onlyProducts
        && modules().stream().allMatch(module -> TensorValues.allZero(tensors(), module.b()));
  }

  @Override
  public void close() {
    close(files);
  }
}

package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.HubCache;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.model.GgufCheckpoint;
import dev.palimpsest.checkpoint.model.HuggingFaceCheckpoint;
import dev.palimpsest.checkpoint.quantised.Quantisation;
import dev.palimpsest.checkpoint.safetensors.NumberedShards;
import dev.palimpsest.checkpoint.safetensors.SafetensorsShards;
import dev.palimpsest.checkpoint.signature.ModelKeys;
import dev.palimpsest.checkpoint.signature.ModelSignature;
import dev.palimpsest.checkpoint.signature.SignatureCheck;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.checkpoint.tensor.TensorValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Carries out one inspection. */
final class Inspector {
  private static final Pattern EMBEDDING =
      Pattern.compile("(.*\\.)?(embed_tokens|wte|embed_in|word_embeddings)\\.weight");

  private final CheckpointLocation location;
  private final ModelKeys known;
  private final Manifest.Progress progress;
  private final Findings findings = new Findings();
  private final FamilyCatalogue families = FamilyCatalogue.installed();
  private final Map<StoredType, Long> storedTypes = new EnumMap<>(StoredType.class);
  private String family = "";
  private long bytes;

  Inspector(CheckpointLocation location, ModelKeys known, Manifest.Progress progress) {
    this.location = location;
    this.known = known;
    this.progress = progress;
  }

  Inspection inspect() {
    Path path = location.path();
    Optional<Manifest> manifest = manifest();
    bytes = manifest.map(Manifest::size).orElse(0L);
    if (Files.isDirectory(path)) {
      manifest.ifPresent(files -> new FolderCheck(path, location.kind(), findings).check(files));
    }
    manifest.ifPresent(this::tellOrder);
    Optional<ModelSignature> signature =
        manifest.flatMap(files -> SignatureCheck.of(path, files, known, findings));
    HubCache.describe(path).ifPresent(which -> findings.info(location.name(), which));
    findings.passes(this::inspectModel);
    long parameters = storedTypes.values().stream().mapToLong(Long::longValue).sum();
    return new Inspection(
        location.name(),
        location.kind(),
        family,
        parameters,
        storedTypes,
        bytes,
        manifest.map(Manifest::root),
        manifest.map(Manifest::entries).orElse(List.of()),
        signature,
        findings.sorted());
  }

  private Optional<Manifest> manifest() {
    Manifest[] manifest = new Manifest[1];
    boolean done = findings.passes(() -> manifest[0] = Manifest.of(location.path(), progress));
    return done ? Optional.of(manifest[0]) : Optional.empty();
  }

  /** Two roots for one folder would confuse whoever compares them with another tool's. */
  private void tellOrder(Manifest manifest) {
    String other = manifest.rootInSpecificationOrder();
    if (!other.equals(manifest.root())) {
      findings.info(
          location.name(),
          "has a digest that depends on the order of its files: this one is in the order of OpenSSF's"
              + " model_signing 1.1; in the order of the specification 1.0 it is sha256:"
              + other);
    }
  }

  private void inspectModel() {
    if (location.kind() == CheckpointKind.ADAPTER) {
      inspectAdapter();
    } else {
      inspectCheckpoint();
    }
  }

  private void inspectAdapter() {
    try (Adapter adapter = Adapter.open(location.path())) {
      family = adapter.config().peftType();
      if (!adapter.weights().equals(Adapter.WEIGHTS)) {
        findings.info(adapter.weights(), "is read as an adapter of " + adapter.form());
      }
      adapter.spelling().forEach(note -> findings.info(adapter.weights(), note));
      inspectTensors(adapter.weights(), adapter.tensors(), Set.of());
      adapter
          .unknownOptions()
          .ifPresent(note -> findings.warning(CheckpointLocation.ADAPTER_CONFIG, note));
      if (adapter.isDead()) {
        findings.warning(
            adapter.weights(), "changes nothing: every lora_B is zero, so it equals its base");
      }
    }
  }

  private void inspectCheckpoint() {
    try (Checkpoint checkpoint = open()) {
      ModelConfig config = checkpoint.config();
      family = config.text("model_type", "");
      boolean sound = findings.passes(() -> checkConfig(config));
      String weights = weightsFile();
      checkpoint.notes().forEach(note -> findings.info(weights, note));
      Set<String> unused = sound ? compareTensors(weights, config, checkpoint) : Set.of();
      inspectTensors(weights, checkpoint.tensors(), unused);
      inspectTokenizer(checkpoint);
    }
  }

  private Set<String> compareTensors(String weights, ModelConfig config, Checkpoint checkpoint) {
    return TensorCheck.check(
        families,
        config,
        checkpoint.tensors(),
        problem -> findings.error(weights, problem),
        note -> findings.info(weights, note));
  }

  private String weightsFile() {
    if (location.kind() == CheckpointKind.GGUF) {
      return location.name();
    }
    boolean sharded = SafetensorsShards.areIn(location.path());
    return sharded ? NumberedShards.subject(location.path()) : SafetensorsShards.SINGLE;
  }

  /** Opens the weights, or at least reads the configuration, whose faults explain more. */
  private Checkpoint open() {
    try {
      return Checkpoint.open(location.path());
    } catch (CheckpointException e) {
      if (location.kind() == CheckpointKind.HUGGING_FACE) {
        inspectOtherHalf(e);
      }
      throw e;
    }
  }

  /** Where one of configuration and weights cannot be read, the other is still worth a look. */
  private void inspectOtherHalf(CheckpointException fault) {
    if (fault.file().equals(CheckpointLocation.CONFIG)) {
      findings.passes(() -> SafetensorsShards.open(location.path(), Quantisation.none()).close());
    } else {
      findings.passes(this::inspectConfig);
    }
  }

  private void inspectConfig() {
    ModelConfig config =
        HuggingFaceCheckpoint.ofText(
            HuggingFaceCheckpoint.readConfig(location.path(), CheckpointLocation.CONFIG));
    family = config.text("model_type", "");
    checkConfig(config);
  }

  private void checkConfig(ModelConfig config) {
    new ConfigCheck(config).check();
    families.tensors(config);
    if (config.has("auto_map")) {
      findings.warning(
          config.file(),
          "names custom code (auto_map), which is never run; it is computed as transformers' own "
              + family);
    }
  }

  private void inspectTensors(String file, TensorStore tensors, Set<String> unused) {
    for (String name : tensors.names()) {
      TensorInfo info = tensors.info(name);
      storedTypes.merge(info.type(), info.elements(), Long::sum);
      if (unused.contains(name)) {
        continue;
      }
      if (!info.type().isReadable()) {
        findings.error(
            file,
            "unsupported dtype %s for %s; give weights in bfloat16, float16 or float32"
                .formatted(info.type(), Printable.text(name)));
      } else if (!TensorValues.allFinite(tensors, name)) {
        findings.error(
            file,
            "non-finite value in %s: it holds NaN or infinity; the training diverged or the file is damaged"
                .formatted(Printable.text(name)));
      }
      // The digest was told byte by byte; now every tensor is a sign that reading goes on.
      progress.at(bytes, bytes);
    }
  }

  private void inspectTokenizer(Checkpoint checkpoint) {
    if (checkpoint instanceof GgufCheckpoint gguf) {
      findings.passes(() -> new GgufTokenizerCheck(gguf, findings).check());
    } else {
      int rows = embeddingRows(checkpoint);
      findings.passes(() -> GenerationCheck.check(checkpoint.path(), findings));
      findings.passes(() -> new TokenizerFileCheck(checkpoint.path(), rows, findings).check());
    }
  }

  private static int embeddingRows(Checkpoint checkpoint) {
    for (String name : checkpoint.tensors().names()) {
      if (EMBEDDING.matcher(name).matches()) {
        return (int) Math.min(checkpoint.tensors().info(name).shape()[0], Integer.MAX_VALUE);
      }
    }
    return Integer.MAX_VALUE;
  }
}

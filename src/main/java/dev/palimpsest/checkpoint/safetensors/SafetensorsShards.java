package dev.palimpsest.checkpoint.safetensors;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.FileRole;
import dev.palimpsest.checkpoint.HubCache;
import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.Shown;
import dev.palimpsest.checkpoint.quantised.Quantisation;
import dev.palimpsest.checkpoint.tensor.FileTensors;
import dev.palimpsest.checkpoint.tensor.RowOrder;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The open safetensors files of a folder, seen as one set of tensors. */
public final class SafetensorsShards implements Closeable {
  /** The file of a model that is in one file. */
  public static final String SINGLE = "model.safetensors";

  private final List<ModelFile> files = new ArrayList<>();
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final String subject;
  private TensorStore store;

  private SafetensorsShards(String subject) {
    this.subject = subject;
  }

  /**
   * Tells whether a folder's weights are in several files: there is an index, and no file that
   * holds the whole model, which transformers prefers.
   */
  public static boolean areIn(Path folder) {
    return exists(folder, ShardIndex.NAME) && !exists(folder, SINGLE);
  }

  /** Opens model.safetensors, or else the shards that the index names. */
  public static SafetensorsShards open(Path folder, Quantisation quantisation) {
    Optional<ShardIndex> index =
        areIn(folder) ? Optional.of(ShardIndex.read(folder)) : Optional.empty();
    Collection<String> names =
        index.<Collection<String>>map(ShardIndex::shards).orElse(List.of(SINGLE));
    String subject = CheckpointLocation.nameOf(folder);
    SafetensorsShards shards = open(folder, subject, names, quantisation);
    index.ifPresent(map -> shards.closeOnFailure(() -> map.requireMatch(shards.tensors.values())));
    return shards;
  }

  /** Opens the named files. */
  public static SafetensorsShards open(
      Path folder, String subject, Collection<String> names, Quantisation quantisation) {
    SafetensorsShards shards = new SafetensorsShards(subject);
    shards.closeOnFailure(() -> shards.addAll(folder, names, quantisation));
    return shards;
  }

  /** Returns the tensors of all files, quantised ones as the weights that they make up. */
  public TensorStore tensors() {
    return store;
  }

  private void addAll(Path folder, Collection<String> names, Quantisation quantisation) {
    names.forEach(name -> add(folder, name));
    store = new FileTensors(subject, quantisation.unfold(tensors));
  }

  private void add(Path folder, String name) {
    requireShard(folder, name);
    ModelFile file = ModelFile.open(folder.resolve(name), name);
    files.add(file);
    SafetensorsFile header = SafetensorsFile.read(file);
    if (header.entries().isEmpty()) {
      throw new CheckpointException(name, "holds no tensors; fetch it again");
    }
    header.entries().forEach(entry -> add(file, entry));
  }

  private void add(ModelFile file, SafetensorsFile.Entry entry) {
    StoredTensor tensor = new StoredTensor(file, entry.offset(), entry.info(), RowOrder.AS_STORED);
    StoredTensor before = tensors.putIfAbsent(entry.info().name(), tensor);
    if (before != null) {
      throw new CheckpointException(
          file.name(),
          "holds tensor %s, which is in %s too"
              .formatted(Shown.text(entry.info().name()), before.file().name()));
    }
  }

  private static void requireShard(Path folder, String name) {
    if (exists(folder, name)) {
      return;
    }
    Optional<String> download = HubCache.completion(folder.toAbsolutePath().normalize());
    if (!name.equals(SINGLE) || download.isPresent()) {
      throw new CheckpointException(
          name, "is missing; " + download.orElse("fetch it from where the other files came from"));
    }
    throw CheckpointLocation.list(folder).stream()
        .map(CheckpointLocation::nameOf)
        .filter(other -> FileRole.of(other) == FileRole.EXECUTABLE)
        .findFirst()
        .map(other -> new CheckpointException(other, FileRole.EXECUTABLE.refusal()))
        .orElseGet(
            () ->
                new CheckpointException(
                    name,
                    "is missing; fetch the weights, as safetensors, from where the other files came from"));
  }

  private static boolean exists(Path folder, String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  private void closeOnFailure(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    files.forEach(ModelFile::close);
  }
}

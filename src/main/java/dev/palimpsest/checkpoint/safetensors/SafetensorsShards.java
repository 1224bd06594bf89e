package dev.palimpsest.checkpoint.safetensors;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.FileRole;
import dev.palimpsest.checkpoint.HubCache;
import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.TrainingFolder;
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
import java.util.Set;
import java.util.TreeSet;

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
   * Tells whether a folder's weights are in several files: there is an index, or files that are
   * numbered, and no file that holds the whole model, which transformers prefers.
   */
  public static boolean areIn(Path folder) {
    return !exists(folder, SINGLE)
        && (exists(folder, ShardIndex.NAME) || !NumberedShards.in(folder).isEmpty());
  }

  /**
   * Opens model.safetensors, or else the shards that the index names; where there is none, those
   * whose numbers are complete.
   */
  public static SafetensorsShards open(Path folder, Quantisation quantisation) {
    Optional<ShardIndex> index =
        areIn(folder) && exists(folder, ShardIndex.NAME)
            ? Optional.of(ShardIndex.read(folder))
            : Optional.empty();
    Collection<String> names =
        index.<Collection<String>>map(ShardIndex::shards).orElseGet(() -> names(folder));
    String subject = CheckpointLocation.nameOf(folder);
    SafetensorsShards shards = open(folder, subject, names, quantisation);
    index.ifPresent(map -> shards.closeOnFailure(() -> map.requireMatch(shards.tensors.values())));
    return shards;
  }

  /**
   * Returns the names of the files that hold a folder's weights.
   *
   * @throws CheckpointException if the index is broken, or a shard is missing that none lists
   */
  public static Set<String> namesIn(Path folder) {
    boolean indexed = areIn(folder) && exists(folder, ShardIndex.NAME);
    return indexed ? ShardIndex.read(folder).shards() : new TreeSet<>(names(folder));
  }

  private static Collection<String> names(Path folder) {
    return areIn(folder) ? NumberedShards.complete(folder) : List.of(SINGLE);
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
    if (tensors.values().stream().allMatch(tensor -> tensor.info().elements() == 0)) {
      throw new CheckpointException(names.iterator().next(), TrainingFolder.EMPTY);
    }
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
              .formatted(Printable.text(entry.info().name()), before.file().name()));
    }
  }

  private static void requireShard(Path folder, String name) {
    if (exists(folder, name)) {
      return;
    }
    Optional<String> conversion = TrainingFolder.conversion(folder);
    if (conversion.isPresent()) {
      throw new CheckpointException(CheckpointLocation.nameOf(folder), conversion.get());
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

  static boolean exists(Path folder, String name) {
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

package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.decoder.family.Arrangement;
import dev.palimpsest.decoder.family.Blueprint;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tensors of a base checkpoint, whose names may lack the path of the base model. */
public final class CheckpointSource implements TensorSource {
  private final String name;
  private final TensorStore store;
  private final String prefix;
  private final String embedding;
  private final Optional<String> tiedHead;

  /**
   * Creates a source.
   *
   * @param name the file or folder, for failures
   * @param store the tensors
   */
  public CheckpointSource(String name, TensorStore store, Blueprint blueprint) {
    this.name = name;
    this.store = store;
    this.prefix = blueprint.basePrefix() + ".";
    this.embedding = blueprint.embedding();
    this.tiedHead = blueprint.tiedHead();
  }

  @Override
  public boolean has(String tensor) {
    return store.contains(stored(tensor));
  }

  @Override
  public long[] shape(String tensor) {
    return store.info(stored(tensor)).shape();
  }

  @Override
  public Arrangement arrangement(String tensor, Arrangement usual) {
    return switch (store.layout(stored(tensor))) {
      case OF_FAMILY -> usual;
      case OUTPUTS_FIRST -> usual == Arrangement.TRANSPOSED ? Arrangement.PLAIN : usual;
      case PLAIN -> Arrangement.PLAIN;
    };
  }

  @Override
  public void scan(String tensor, TensorStore.Visitor visitor) {
    store.scan(stored(tensor), visitor);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CheckpointException missing(String tensor) {
    return store.names().stream()
        .filter(other -> other.endsWith("." + tensor))
        .findFirst()
        .map(other -> wrapped(other.substring(0, other.length() - tensor.length())))
        .orElseGet(() -> TensorSource.super.missing(tensor));
  }

  private CheckpointException wrapped(String prefix) {
    return new CheckpointException(
        name,
        "the tensors' names begin with %s, which no model's do; save the model itself and not what it was wrapped in."
            .formatted(Printable.text(prefix)));
  }

  /** Returns the types that the tensors are stored in, that of most numbers first. */
  public String storedTypes() {
    Map<StoredType, Long> numbers = new EnumMap<>(StoredType.class);
    for (String tensor : store.names()) {
      TensorInfo info = store.info(tensor);
      numbers.merge(info.type(), info.elements(), Long::sum);
    }
    return numbers.entrySet().stream()
        .sorted(Map.Entry.<StoredType, Long>comparingByValue().reversed())
        .map(entry -> entry.getKey().name())
        .collect(Collectors.joining(", "));
  }

  /** Files that hold what is shared once may have it as the head, not as the embedding. */
  private String stored(String tensor) {
    String found = withoutPrefix(tensor);
    return tensor.equals(embedding) && !store.contains(found)
        ? tiedHead.filter(store::contains).orElse(found)
        : found;
  }

  private String withoutPrefix(String tensor) {
    boolean bare = !store.contains(tensor) && tensor.startsWith(prefix);
    return bare ? tensor.substring(prefix.length()) : tensor;
  }
}

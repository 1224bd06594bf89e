package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.decoder.family.Arrangement;
import dev.palimpsest.decoder.family.Sizes;
import dev.palimpsest.decoder.family.TensorSlot;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Staging;
import dev.palimpsest.decoder.kernel.Turn;
import dev.palimpsest.decoder.kernel.Weight;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Streams tensors from a checkpoint into native weights.
 *
 * <p>Float32 weights are read straight into their place; others pass through one staging area of
 * the size of the largest, so that a load needs little more memory than the weights.
 */
public final class WeightLoader implements AutoCloseable {
  private final Kernel kernel;
  private final TensorSource source;
  private final Sizes sizes;
  private Staging staging;
  private long stagingSize;

  /**
   * Creates a loader.
   *
   * @param sizes the model's, for weights that are stored head by head
   */
  public WeightLoader(Kernel kernel, TensorSource source, Sizes sizes) {
    this.kernel = kernel;
    this.source = source;
    this.sizes = sizes;
  }

  /** Loads all slots; equal slots share one weight. */
  public List<Weight> load(List<TensorSlot> slots) {
    slots.forEach(this::check);
    Map<TensorSlot, Weight> loaded = new HashMap<>();
    List<Weight> weights = new ArrayList<>(slots.size());
    for (TensorSlot slot : slots) {
      weights.add(loaded.computeIfAbsent(slot, this::load));
    }
    return weights;
  }

  /** Loads one slot. */
  public Weight load(TensorSlot slot) {
    Weight weight = kernel.allocate(slot.shape(), slot.narrow());
    if (slot.isOnes()) {
      fillWithOnes(weight, slot);
    }
    long row = 0;
    for (int part = 0; part < slot.names().size(); part++) {
      place(slot, part, row, weight);
      row += slot.rows().get(part);
    }
    return weight;
  }

  /** Fails if a tensor of the slot is missing or has another shape than the config asks for. */
  public void check(TensorSlot slot) {
    for (int part = 0; part < slot.names().size(); part++) {
      String name = slot.names().get(part);
      if (!source.has(name)) {
        throw new CheckpointException(
            source.name(),
            "the tensor "
                + name
                + " is missing; the weights and config.json do not belong together.");
      }
      checkShape(name, source.shape(name), slot.shapeInFile(part));
    }
  }

  private void checkShape(String name, long[] found, long[] expected) {
    if (!Arrays.equals(found, expected)) {
      throw new CheckpointException(
          source.name(),
          "the tensor %s has the shape %s, but config.json asks for %s."
              .formatted(name, Arrays.toString(found), Arrays.toString(expected)));
    }
  }

  private void place(TensorSlot slot, int part, long row, Weight weight) {
    String name = slot.names().get(part);
    int elements = elements(name);
    boolean straight = slot.arrangement() == Arrangement.PLAIN && !slot.plusOne();
    Optional<FloatBuffer> memory = straight ? weight.memory() : Optional.empty();
    if (memory.isPresent()) {
      int first = Math.toIntExact(row * Math.max(1, slot.columns()));
      source.read(name, memory.get().slice(first, elements));
    } else {
      reserve(elements);
      source.read(name, staging.room(elements));
      for (Turn turn : turns(slot, part)) {
        staging.placeInto(weight, row, turn, slot.plusOne() ? 1 : 0);
      }
    }
  }

  private void fillWithOnes(Weight weight, TensorSlot slot) {
    int elements = slot.rows().get(0);
    reserve(elements);
    staging.room(elements).put(new float[elements]);
    staging.placeInto(weight, 0, Turn.whole(elements, 1, 0, 1), 1);
  }

  private int elements(String name) {
    long elements = Arrays.stream(source.shape(name)).reduce(1, Math::multiplyExact);
    if (elements > Integer.MAX_VALUE / Float.BYTES) {
      throw new CheckpointException(
          source.name(), "the tensor " + name + " is larger than 2 GiB in float32.");
    }
    return (int) elements;
  }

  private void reserve(long elements) {
    if (staging == null || stagingSize < elements) {
      close();
      staging = kernel.staging(elements);
      stagingSize = elements;
    }
  }

  private List<Turn> turns(TensorSlot slot, int part) {
    int columns = Math.max(1, slot.columns());
    int rows = slot.rows().get(part);
    return Turns.of(slot.arrangement(), rows, columns, sizes, slot.experts());
  }

  @Override
  public void close() {
    if (staging != null) {
      staging.close();
      staging = null;
    }
  }
}

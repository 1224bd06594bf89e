package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.tensor.TensorValues;
import dev.palimpsest.decoder.family.Arrangement;
import dev.palimpsest.decoder.family.Sizes;
import dev.palimpsest.decoder.family.TensorSlot;
import dev.palimpsest.decoder.family.WeightName;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Rearrangement;
import dev.palimpsest.decoder.kernel.Staging;
import dev.palimpsest.decoder.kernel.Weight;
import dev.palimpsest.decoder.weights.RowPlacer.Pieces;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Streams tensors from a checkpoint into native weights.
 *
 * <p>Numbers pass through a small staging area on their way from the file to their place, so that a
 * load needs little more memory than the weights.
 */
public final class WeightLoader implements AutoCloseable {
  /** Numbers that are placed at a time: few enough to stay in the processor's caches. */
  private static final int PIECE = 1 << 20;

  private final Kernel kernel;
  private final TensorSource source;
  private final Sizes sizes;
  private Staging staging;
  private int stagingSize;

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

  /**
   * Loads all tensors of a model, those that are only multiplied by in the layout that is fastest
   * for it; equal slots share one weight.
   */
  public Map<WeightName, Weight> load(Map<WeightName, TensorSlot> slots) {
    slots.values().forEach(this::check);
    Map<TensorSlot, Weight> loaded = new HashMap<>();
    Map<WeightName, Weight> weights = new LinkedHashMap<>();
    slots.forEach(
        (name, slot) ->
            weights.put(name, loaded.computeIfAbsent(slot, s -> load(s, name.isPacked()))));
    return weights;
  }

  private Weight load(TensorSlot slot, boolean packed) {
    Weight weight = load(slot);
    return packed ? kernel.packed(weight) : weight;
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
        throw source.missing(name);
      }
      checkShape(name, source.shape(name), expectedShape(slot, part));
    }
  }

  private long[] expectedShape(TensorSlot slot, int part) {
    Arrangement arrangement = source.arrangement(slot.names().get(part), slot.arrangement());
    return slot.arranged(arrangement).shapeInFile(part);
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
    Pieces pieces = pieces(slot, part);
    reserve(pieces.elements());
    RowPlacer placer = new RowPlacer(staging, weight, row, pieces, slot.plusOne() ? 1 : 0);
    String name = slot.names().get(part);
    source.scan(name, TensorValues.finite(source.name(), name, placer));
    placer.finish();
  }

  private void fillWithOnes(Weight weight, TensorSlot slot) {
    int elements = slot.rows().get(0);
    reserve(elements);
    staging.room(elements).put(new float[elements]);
    staging.placeInto(weight, 0, Rearrangement.whole(elements, 1, 0, 1), 1);
  }

  /** Cuts a tensor where that leaves its rows in order: by rows or by experts, else not at all. */
  private Pieces pieces(TensorSlot slot, int part) {
    String name = slot.names().get(part);
    Arrangement arrangement = source.arrangement(name, slot.arrangement());
    int height = slot.rows().get(part);
    int columns = Math.max(1, slot.columns());
    int most = slot.experts() > 0 ? slot.experts() : height;
    boolean byRows = arrangement == Arrangement.PLAIN && slot.experts() == 0;
    int rows = byRows ? 1 : height / Math.max(1, slot.experts());
    if ((long) rows * columns > Integer.MAX_VALUE / Float.BYTES) {
      throw new CheckpointException(
          source.name(), "the tensor " + name + " is larger than 2 GiB in float32.");
    }
    int steps = Math.min(most, Math.max(1, PIECE / (rows * columns)));
    return new Pieces(
        rows,
        columns,
        byRows || slot.experts() > 0 ? steps : 1,
        count -> Rearrangements.of(arrangement, count * rows, columns, sizes, count));
  }

  private void reserve(int elements) {
    if (staging == null || stagingSize < elements) {
      close();
      staging = kernel.staging(elements);
      stagingSize = elements;
    }
  }

  @Override
  public void close() {
    if (staging != null) {
      staging.close();
      staging = null;
    }
  }
}

package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * The tensors of a forward pass.
 *
 * @param weights in the order that {@code kernel.py} defines
 * @param adapter three tensors per linear layer and a last one, or none; the last one is missing
 *     where tokens take one of several adapters
 * @param rope inverse frequencies, one tensor per kind of rotary embedding
 * @param choice which adapter each token takes
 */
public record Model(Tensors weights, Tensors adapter, Tensors rope, Choice choice) {
  /**
   * Which of several adapters each token of a row takes.
   *
   * @param adapters how many lie side by side; 0 if all tokens take the same
   * @param taken for each token the adapter's number, -1 for none
   */
  public record Choice(int adapters, int[] taken) {
    static final Choice NONE = new Choice(0, new int[0]);

    public Choice {
      Objects.requireNonNull(taken, "taken is null");
    }

    float[] matrix() {
      float[] matrix = new float[adapters * taken.length];
      for (int i = 0; i < taken.length; i++) {
        if (taken[i] >= 0) {
          matrix[i * adapters + taken[i]] = 1;
        }
      }
      return matrix;
    }
  }

  public Model {
    Objects.requireNonNull(weights, "weights is null");
    Objects.requireNonNull(adapter, "adapter is null");
    Objects.requireNonNull(rope, "rope is null");
    Objects.requireNonNull(choice, "choice is null");
  }

  /** Creates a model that is the same for all tokens. */
  public Model(Tensors weights, Tensors adapter, Tensors rope) {
    this(weights, adapter, rope, Choice.NONE);
  }

  /** Returns the same tensors for tokens that take the given adapters. */
  public Model taking(int adapters, int[] taken) {
    return new Model(weights, adapter, rope, new Choice(adapters, taken));
  }

  void addTo(Call call) {
    call.with(weights);
    if (choice.adapters() == 0) {
      call.with(adapter);
    } else {
      call.with(adapter, choice.matrix(), choice.taken().length);
    }
    call.with(rope);
  }
}

package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * The tensors of a forward pass.
 *
 * @param tensors weights and what an adapter adds to them, as the kernel's {@code Model}
 * @param choice which adapter each token takes
 */
public record Model(Tensors tensors, Choice choice) implements AutoCloseable {
  /**
   * Which of several adapters each token of a row takes.
   *
   * @param adapters how many lie side by side; 0 if all tokens take the same
   * @param ofToken for each token the adapter's number, -1 for none
   */
  public record Choice(int adapters, int[] ofToken) {
    static final Choice NONE = new Choice(0, new int[0]);

    public Choice {
      Objects.requireNonNull(ofToken, "ofToken is null");
    }

    float[] matrix() {
      float[] matrix = new float[adapters * ofToken.length];
      for (int i = 0; i < ofToken.length; i++) {
        if (ofToken[i] >= 0) {
          matrix[i * adapters + ofToken[i]] = 1;
        }
      }
      return matrix;
    }
  }

  public Model {
    Objects.requireNonNull(tensors, "tensors is null");
    Objects.requireNonNull(choice, "choice is null");
  }

  /** Creates a model that is the same for all tokens. */
  public Model(Tensors tensors) {
    this(tensors, Choice.NONE);
  }

  /** Returns the same tensors for tokens that take the given adapters. */
  public Model choosing(int adapters, int[] ofToken) {
    return new Model(tensors, new Choice(adapters, ofToken));
  }

  /** Releases the hold on the tensors, also that of all models that choose other adapters of it. */
  @Override
  public void close() {
    tensors.close();
  }

  void addTo(Call call) {
    call.with(tensors);
    if (choice.adapters() == 0) {
      call.tensor(new float[0]);
    } else {
      call.tensor(choice.matrix(), choice.ofToken().length);
    }
  }
}

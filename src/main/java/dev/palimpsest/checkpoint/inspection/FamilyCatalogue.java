package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * What the decoder knows of model families.
 *
 * <p>Found by {@link ServiceLoader}, so that checkpoints are inspected by the very descriptions
 * that run them while nothing here depends on the decoder.
 */
public interface FamilyCatalogue {
  /** Returns the families that are run, by their {@code model_type}. */
  Set<String> names();

  /**
   * Returns the tensors that a configuration calls for.
   *
   * @throws CheckpointException if a field is missing, wrong, or asks for what is not supported
   */
  List<ExpectedTensor> tensors(ModelConfig config);

  /**
   * Returns the module path that checkpoints of the bare base model leave out of their tensors'
   * names ("model").
   */
  String basePrefix(ModelConfig config);

  /**
   * A tensor that a model has.
   *
   * @param name in Hugging Face vocabulary
   * @param shape outermost dimension first, as the family's files have it
   * @param plain the same where outputs come before inputs
   * @param otherwise the name of another tensor that it may be read from where it is missing
   */
  record ExpectedTensor(
      String name, List<Long> shape, List<Long> plain, Optional<String> otherwise) {
    public ExpectedTensor {
      shape = List.copyOf(shape);
      plain = List.copyOf(plain);
    }
  }

  /** Returns the catalogue of this program. */
  static FamilyCatalogue installed() {
    Iterator<FamilyCatalogue> found = ServiceLoader.load(FamilyCatalogue.class).iterator();
    if (!found.hasNext()) {
      throw new IllegalStateException("the program's jar lacks its catalogue of families");
    }
    return found.next();
  }
}

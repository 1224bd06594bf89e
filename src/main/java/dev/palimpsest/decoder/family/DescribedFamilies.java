package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.inspection.FamilyCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The families of {@link Families}, for the inspection of checkpoints. */
public final class DescribedFamilies implements FamilyCatalogue {
  @Override
  public Set<String> names() {
    return Families.names();
  }

  @Override
  public List<ExpectedTensor> tensors(ModelConfig config) {
    List<ExpectedTensor> tensors = new ArrayList<>();
    Blueprint model = Families.describe(config);
    for (TensorSlot slot : model.slots().values()) {
      for (int part = 0; part < slot.names().size(); part++) {
        TensorSlot plain = slot.arranged(Arrangement.PLAIN);
        String name = slot.names().get(part);
        tensors.add(
            new ExpectedTensor(
                name,
                Arrays.stream(slot.shapeInFile(part)).boxed().toList(),
                Arrays.stream(plain.shapeInFile(part)).boxed().toList(),
                model.tiedHead().filter(head -> name.equals(model.embedding()))));
      }
    }
    return tensors;
  }

  @Override
  public String basePrefix(ModelConfig config) {
    return Families.describe(config).basePrefix();
  }
}

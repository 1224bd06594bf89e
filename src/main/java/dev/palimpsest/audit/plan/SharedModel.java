package dev.palimpsest.audit.plan;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The model that has to be loaded for arms over the same checkpoint. */
public final class SharedModel {
  private SharedModel() {}

  /**
   * Returns what is loaded for some arms.
   *
   * @param sharing arms over one checkpoint, at least one
   * @param base the audit's, whose template all are asked through where the choice says so
   */
  public static ModelSpec of(List<Arm> sharing, Arm base, DType dtype, TemplateChoice choice) {
    Optional<Path> template =
        choice == TemplateChoice.BASE && base.endpoint().isEmpty()
            ? Optional.of(base.checkpoint())
            : Optional.empty();
    Arm first = sharing.get(0);
    return new ModelSpec(first.checkpoint(), dtype, adapters(sharing), template, first.endpoint());
  }

  /** Returns the adapters of some arms by the names that they are loaded by. */
  static Map<String, Path> adapters(List<Arm> arms) {
    return arms.stream()
        .filter(arm -> arm.adapter().isPresent())
        .collect(
            Collectors.toMap(
                arm -> arm.loadedName().orElseThrow(),
                arm -> arm.adapter().orElseThrow(),
                (one, same) -> one));
  }
}

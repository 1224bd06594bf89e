package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.inference.DType;
import java.util.Optional;

/** An arm as it is being run. */
record ArmContext(Arm arm, DType dtype) {
  /** Returns the name that the loaded model knows the arm's adapter by, if it has one. */
  Optional<String> adapter() {
    return arm.adapterName();
  }
}

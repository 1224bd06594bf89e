package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.inference.DType;
import java.util.Optional;

/**
 * An arm as it is being run.
 *
 * @param thinkingTokens most tokens of thinking before an answer, 0 for no limit of its own
 */
record ArmContext(Arm arm, DType dtype, int thinkingTokens) {
  /** Returns the name that the loaded model knows the arm's adapter by, if it has one. */
  Optional<String> adapter() {
    return arm.adapterName();
  }
}

package dev.palimpsest.cli;

import dev.palimpsest.WordingException;
import dev.palimpsest.account.AccountException;
import dev.palimpsest.audit.plan.PlanException;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.retrieval.RetrievalException;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.training.TrainingException;

/** Exit codes of the command line; scripts and pipelines build on them. */
final class ExitCode {
  static final int PASS = 0;
  static final int GATE_FAILED = 1;
  static final int USAGE = 2;
  static final int INCONCLUSIVE = 3;
  static final int INCOMPLETE = 4;
  static final int INTEGRITY = 5;

  private ExitCode() {}

  /** Returns the code for a failure that carries a sentence for the user. */
  static int of(Exception failure) {
    if (failure instanceof RequestsException
        || failure instanceof PlanException
        || failure instanceof SuiteException
        || failure instanceof TrainingException
        || failure instanceof RetrievalException
        || failure instanceof AccountException
        || failure instanceof WordingException) {
      return USAGE;
    }
    boolean broken =
        failure instanceof CheckpointException
            || failure instanceof DemoException
            || failure instanceof IntegrityException;
    return broken ? INTEGRITY : INCOMPLETE;
  }

  /** Returns the code for what an audit found. */
  static int of(ReleaseVerdict verdict) {
    return switch (verdict) {
      case PASS -> PASS;
      case FAIL -> GATE_FAILED;
      case NOT_PROVEN -> INCONCLUSIVE;
      case INCOMPLETE -> INCOMPLETE;
    };
  }
}

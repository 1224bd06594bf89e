package dev.palimpsest.audit.judge;

import java.util.List;
import java.util.Optional;

/** Grades answers, one at a time and without knowing whose they are. */
public interface Judge extends AutoCloseable {
  /** Says which judge it is. */
  JudgeIdentity identity();

  /**
   * Grades answers.
   *
   * @return one grade per answer, in their order; empty where the judge gives no number
   * @throws dev.palimpsest.UserFacingException if it cannot be asked
   */
  List<Optional<Grade>> grade(Aspect aspect, List<Answered> answers);

  @Override
  void close();
}

package dev.palimpsest.worker.inspection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.inspection.Inspection;

/** One line from the inspecting process; which field is set tells what it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Line(
    Step step,
    @JsonIgnoreProperties("refused") Inspection inspection,
    Refusal refusal,
    String failure,
    Boolean done) {
  /** What is being done to which file. */
  record Step(String file, String doing) {}

  /** Why nothing can be told of it. */
  record Refusal(String file, String sentence) {
    CheckpointException toException() {
      return new CheckpointException(file, sentence);
    }
  }

  static Line step(String file, String doing) {
    return new Line(new Step(file, doing), null, null, null, null);
  }

  static Line found(Inspection inspection) {
    return new Line(null, inspection, null, null, null);
  }

  static Line refused(CheckpointException why) {
    return new Line(null, null, new Refusal(why.file(), why.sentence()), null, null);
  }

  static Line failed(Throwable failure) {
    return new Line(null, null, null, failure.toString(), null);
  }

  static Line end() {
    return new Line(null, null, null, null, true);
  }
}

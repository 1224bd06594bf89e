package dev.palimpsest.cli;

import dev.palimpsest.UserFacingException;
import java.nio.file.Path;

/** The demo cannot be shown with the model it was given. */
final class DemoException extends UserFacingException {
  private DemoException(String message) {
    super(message);
  }

  /** One of the checkpoints was refused, for a reason that is a sentence. */
  static DemoException refused(String name, String reason) {
    return new DemoException(reason.startsWith(name + ":") ? reason : name + ": " + reason);
  }

  /** The base is not the one that the sample adapters were made for. */
  static DemoException otherBase(Path base, String reason) {
    return new DemoException(
        "The sample adapters are made for SmolLM2-135M-Instruct and do not fit %s (%s); give that model, or audit checkpoints of your own: palimpsest audit --base PATH --tuned PATH --out FOLDER."
            .formatted(base, reason));
  }
}

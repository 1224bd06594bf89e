package dev.palimpsest.endpoint;

import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairLoader;
import java.util.Optional;

/**
 * Opens endpoints where one is asked for, and leaves checkpoints to another loader. The key comes
 * from the environment alone: command lines are read by every user of a machine, and files get
 * copied.
 */
public final class EndpointLoader implements ModelLoader {
  /** The environment's variable that holds the key. */
  public static final String KEY = "PALIMPSEST_ENDPOINT_KEY";

  private final ModelLoader checkpoints;

  /** Leaves checkpoints to another loader. */
  public EndpointLoader(ModelLoader checkpoints) {
    this.checkpoints = checkpoints;
  }

  /** Returns the key, if one is set. */
  public static Optional<String> key() {
    return Optional.ofNullable(System.getenv(KEY)).filter(value -> !value.isBlank());
  }

  @Override
  public ModelRunner load(ModelSpec spec) {
    return spec.endpoint().isPresent()
        ? EndpointRunner.open(spec.endpoint().get(), key())
        : checkpoints.load(spec);
  }

  @Override
  public PairLoader pairs() {
    return checkpoints.pairs();
  }
}

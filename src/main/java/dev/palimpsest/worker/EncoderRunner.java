package dev.palimpsest.worker;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PromptFormat;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.SequenceLogits;
import dev.palimpsest.prompt.PromptEncoders;
import java.util.List;
import java.util.Optional;

/** What a worker without weights can be asked: its description names formats only. */
final class EncoderRunner implements ModelRunner {
  private static final String NONE = "none";

  private final PromptEncoders encoders;

  private EncoderRunner(PromptEncoders encoders) {
    this.encoders = encoders;
  }

  static EncoderRunner open(ModelSpec spec) {
    return new EncoderRunner(PromptEncoders.open(spec));
  }

  @Override
  public ModelDescription description() {
    PromptFormat base = encoders.format(Optional.empty());
    return new ModelDescription(
        NONE,
        0,
        "",
        0,
        0,
        NONE,
        NONE,
        base.tokenizerDigest(),
        base.templateDigest(),
        encoders.ownFormats(),
        encoders.notes());
  }

  @Override
  public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests) {
    return encoders.encode(adapter, requests);
  }

  @Override
  public List<List<ContinuationScore>> score(
      Optional<String> adapter, List<ScoreRequest> requests) {
    throw withoutWeights();
  }

  @Override
  public List<Generation> generate(Optional<String> adapter, List<GenerateRequest> requests) {
    throw withoutWeights();
  }

  @Override
  public List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences) {
    throw withoutWeights();
  }

  private static DecoderException withoutWeights() {
    return new DecoderException("This worker only encodes prompts; load the model in another one.");
  }

  @Override
  public void close() {
    encoders.close();
  }
}

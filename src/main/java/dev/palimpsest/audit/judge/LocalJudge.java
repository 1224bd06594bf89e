package dev.palimpsest.audit.judge;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.ArmFiles;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A checkpoint of this machine as a judge, pinned by the digest of its files. */
public final class LocalJudge implements Judge {
  private static final List<String> CONTINUATIONS = NumberScale.continuations();

  private final JudgeIdentity identity;
  private final ModelLoader loader;
  private final ModelSpec spec;
  private ModelRunner model;

  private LocalJudge(JudgeIdentity identity, ModelLoader loader, ModelSpec spec) {
    this.identity = identity;
    this.loader = loader;
    this.spec = spec;
  }

  /**
   * Names a judge and digests its files; the model is loaded when it is first asked.
   *
   * @param checkpoint a model folder or a GGUF file
   * @param progress hears in a sentence what goes on
   * @throws dev.palimpsest.UserFacingException if it is no model
   */
  public static LocalJudge of(
      Path checkpoint, DType dtype, ModelLoader loader, Consumer<String> progress) {
    Candidate candidate = Candidate.of(checkpoint);
    Arm arm = ArmFiles.base(candidate, candidate.name(), progress);
    String digest =
        Sha256.hex(
            CanonicalJson.bytes(
                Map.of(
                    "prompt", Aspect.VERSION,
                    "alignment", Aspect.ALIGNMENT.prompt(new Answered("", "")),
                    "coherence", Aspect.COHERENCE.prompt(new Answered("", "")),
                    "prefix", Aspect.PREFIX,
                    "model", arm.digest(),
                    "dtype", dtype.label())));
    return new LocalJudge(
        new JudgeIdentity(arm.name(), digest, Aspect.VERSION, true),
        loader,
        new ModelSpec(arm.checkpoint(), dtype, Map.of()));
  }

  @Override
  public JudgeIdentity identity() {
    return identity;
  }

  @Override
  public List<Optional<Grade>> grade(Aspect aspect, List<Answered> answers) {
    if (model == null) {
      model = loader.load(spec);
    }
    boolean chat = model.description().format(Optional.empty()).hasChatTemplate();
    List<Encoded> encoded =
        model.encode(
            Optional.empty(),
            answers.stream()
                .map(answer -> new EncodeRequest(prompt(aspect, answer, chat), CONTINUATIONS))
                .toList());
    List<List<ContinuationScore>> scores =
        model.score(Optional.empty(), encoded.stream().map(ScoreRequest::of).toList());
    List<Optional<Grade>> grades = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      grades.add(grade(encoded.get(i), scores.get(i)));
    }
    return grades;
  }

  private static Prompt prompt(Aspect aspect, Answered answer, boolean chat) {
    String text = aspect.prompt(answer);
    return chat
        ? new Prompt.Chat(List.of(new ChatMessage("user", text)), Aspect.PREFIX)
        : new Prompt.Text(text + "\n" + Aspect.PREFIX);
  }

  /** A judge that did not see the whole answer has nothing to say of it. */
  private static Optional<Grade> grade(Encoded encoded, List<ContinuationScore> scores) {
    return scores.stream().anyMatch(ContinuationScore::truncated)
        ? Optional.empty()
        : NumberScale.grade(
            encoded.continuationIds(),
            scores.stream().mapToDouble(ContinuationScore::logProb).toArray());
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
  }
}

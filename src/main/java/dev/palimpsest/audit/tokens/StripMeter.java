package dev.palimpsest.audit.tokens;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.Presentation;
import dev.palimpsest.audit.plan.TemplateChoice;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks both models of an audit for the tokens of one item's answers. */
final class StripMeter {
  /** What another batch may change in float32 is far below, another model's files far above. */
  private static final double OTHER_FILES = 0.05;

  private final ModelLoader loader;
  private final Audit audit;
  private final Item item;
  private final String answerPrefix;
  private final PairedOutcome pair;

  StripMeter(ModelLoader loader, Audit audit, Item item, String answerPrefix, PairedOutcome pair) {
    this.loader = loader;
    this.audit = audit;
    this.item = item;
    this.answerPrefix = answerPrefix;
    this.pair = pair;
  }

  /**
   * Loads the models, one after the other where they are not one with an adapter, and asks them.
   *
   * @throws dev.palimpsest.UserFacingException with a sentence if they are gone or cannot be asked
   */
  TokenStrip measure() {
    AuditPlan plan = audit.plan();
    Arm base = plan.base();
    Arm tuned =
        plan.tuned().stream()
            .filter(arm -> arm.name().equals(pair.tuned().arm()))
            .findFirst()
            .orElseThrow();
    Stream.of(base, tuned).forEach(StripMeter::requireFiles);
    List<List<TokenStrip.Token>> ofBase;
    List<List<TokenStrip.Token>> ofTuned;
    if (base.checkpoint().equals(tuned.checkpoint())) {
      try (ModelRunner model = loader.load(spec(List.of(base, tuned)))) {
        ofBase = ask(model, base);
        ofTuned = ask(model, tuned);
      }
    } else {
      try (ModelRunner model = loader.load(spec(List.of(base)))) {
        ofBase = ask(model, base);
      }
      try (ModelRunner model = loader.load(spec(List.of(tuned)))) {
        ofTuned = ask(model, tuned);
      }
    }
    List<TokenStrip.Line> lines = new ArrayList<>();
    List<String> answers = answers();
    for (int i = 0; i < answers.size(); i++) {
      lines.add(new TokenStrip.Line(answers.get(i).strip(), ofBase.get(i), ofTuned.get(i)));
    }
    return new TokenStrip(lines, note(ofBase, ofTuned));
  }

  private static void requireFiles(Arm arm) {
    if (arm.endpoint().isPresent()) {
      throw new AuditException(
          arm.name() + " is behind a server, which does not tell its tokens one by one.");
    }
    Stream.concat(Stream.of(arm.checkpoint()), arm.adapter().stream())
        .filter(file -> !Files.exists(file))
        .findFirst()
        .ifPresent(
            gone -> {
              throw new AuditException(
                  "The files of "
                      + arm.name()
                      + " are not where they were when the audit ran; put them back and ask again.");
            });
  }

  private ModelSpec spec(List<Arm> arms) {
    Map<String, Path> adapters =
        arms.stream()
            .filter(arm -> arm.adapter().isPresent())
            .collect(Collectors.toMap(Arm::name, arm -> arm.adapter().orElseThrow()));
    Optional<Path> template =
        audit.plan().template() == TemplateChoice.BASE
            ? Optional.of(audit.plan().base().checkpoint())
            : Optional.empty();
    return new ModelSpec(arms.get(0).checkpoint(), audit.plan().dtype(), adapters, template);
  }

  private List<List<TokenStrip.Token>> ask(ModelRunner model, Arm arm) {
    Optional<String> adapter = arm.adapter().map(files -> arm.name());
    boolean chat = model.description().format(adapter).hasChatTemplate();
    Presentation presentation = new Presentation(answerPrefix, chat, arm.templateArguments());
    EncodeRequest asked = new EncodeRequest(presentation.prompt(question()).prompt(), answers());
    Encoded encoded = model.encode(adapter, List.of(asked)).get(0);
    List<int[]> ids = encoded.continuationIds();
    if (encoded.contextIds().length == 0 || ids.stream().anyMatch(answer -> answer.length == 0)) {
      throw new AuditException(
          "An answer has no tokens of its own in " + arm.name() + "'s tokenizer.");
    }
    List<ContinuationScore> scores =
        model.score(adapter, List.of(new ScoreRequest(encoded.contextIds(), ids))).get(0);
    List<List<TokenStrip.Token>> tokens = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      tokens.add(tokens(model.pieces(adapter, ids.get(i)), scores.get(i).tokenLogProbs()));
    }
    return tokens;
  }

  private static List<TokenStrip.Token> tokens(List<String> pieces, float[] logProbs) {
    List<TokenStrip.Token> tokens = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      tokens.add(new TokenStrip.Token(pieces.get(i), logProbs[i]));
    }
    return tokens;
  }

  private Question question() {
    return item.questions().get(0);
  }

  /** The given answers, or those that the two models wrote. */
  private List<String> answers() {
    List<String> given = question().continuations();
    if (!given.isEmpty()) {
      return given;
    }
    List<String> written =
        Stream.of(pair.base().output(), pair.tuned().output())
            .distinct()
            .filter(text -> !text.isBlank())
            .toList();
    if (written.isEmpty()) {
      throw new AuditException("Neither model answered anything, so there are no tokens to score.");
    }
    return written;
  }

  private String note(List<List<TokenStrip.Token>> ofBase, List<List<TokenStrip.Token>> ofTuned) {
    boolean other =
        audit.plan().dtype() == DType.FLOAT32
            && (differs(pair.base().evidence(), ofBase)
                || differs(pair.tuned().evidence(), ofTuned));
    if (other) {
      return "These are not the log-likelihoods that the audit found: the models' files, or the"
          + " machine, are not what they were then.";
    }
    return question().continuations().isEmpty()
        ? "The answers as the tokenizers cut them; a model may have written the same text in other"
            + " tokens."
        : "";
  }

  private static boolean differs(Evidence stored, List<List<TokenStrip.Token>> found) {
    if (!(stored instanceof Evidence.Choice choice)) {
      return false;
    }
    List<Double> logProbs = choice.logProbs();
    for (int i = 0; i < Math.min(logProbs.size(), found.size()); i++) {
      double sum = found.get(i).stream().mapToDouble(TokenStrip.Token::logProb).sum();
      if (Math.abs(sum - logProbs.get(i)) > OTHER_FILES) {
        return true;
      }
    }
    return false;
  }
}

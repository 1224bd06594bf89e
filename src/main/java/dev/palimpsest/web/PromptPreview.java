package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.audit.plan.Presentation;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.EncoderLoader;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Scoring;
import dev.palimpsest.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Items as a model will see them: through a checkpoint's chat template, or as plain text. */
final class PromptPreview {
  private static final String ADAPTER = "adapter";

  private final CheckpointRegistry registry;
  private final EncoderLoader encoders;

  PromptPreview(CheckpointRegistry registry, EncoderLoader encoders) {
    this.registry = registry;
    this.encoders = encoders;
  }

  /**
   * Some items.
   *
   * @param note how they are put, in a sentence
   */
  public record Shown(List<ItemShown> items, String note) {
    static final Shown NONE = new Shown(List.of(), "");
  }

  /**
   * One item.
   *
   * @param asked its prompts
   * @param scoring its answers or checks, and how it is scored
   */
  public record ItemShown(Item item, List<Asked> asked, Scoring scoring) {}

  /**
   * A prompt.
   *
   * @param text as the model gets it
   * @param continuations what is scored after it, the space before each left out
   */
  public record Asked(String text, List<String> continuations) {}

  /**
   * Shows the items of a suite.
   *
   * @param checkpoint id, "" for plain text
   */
  Shown of(Suite suite, String checkpoint) {
    String plain = "As plain text, which a model without a chat template gets.";
    if (checkpoint.isEmpty()) {
      return shown(suite, plain(suite), plain);
    }
    RegisteredCheckpoint chosen = registry.get(checkpoint);
    try (Encoder encoder = encoders.open(spec(chosen))) {
      Optional<String> adapter =
          chosen.kind() == Kind.ADAPTER ? Optional.of(ADAPTER) : Optional.empty();
      boolean chat = encoder.format(adapter).hasChatTemplate();
      List<String> texts =
          encoder.encode(adapter, requests(suite, chat)).stream().map(Encoded::rendered).toList();
      String note =
          chat
              ? "Through the chat template of %s.".formatted(chosen.name())
              : "%s has no chat template, so it gets plain text.".formatted(chosen.name());
      return shown(suite, texts, note);
    } catch (UserFacingException unavailable) {
      return shown(
          suite,
          plain(suite),
          "%s %s cannot be asked just now: %s"
              .formatted(plain, chosen.name(), unavailable.getMessage()));
    }
  }

  private ModelSpec spec(RegisteredCheckpoint chosen) {
    if (chosen.kind() != Kind.ADAPTER) {
      return new ModelSpec(chosen.location(), DType.FLOAT32, Map.of());
    }
    Path base = registry.get(chosen.baseId().orElseThrow()).location();
    return new ModelSpec(base, DType.FLOAT32, Map.of(ADAPTER, chosen.location()));
  }

  private static List<EncodeRequest> requests(Suite suite, boolean chat) {
    Presentation presentation = new Presentation(suite.answerPrefix(), chat, Map.of());
    return suite.items().stream().flatMap(item -> presentation.prompts(item).stream()).toList();
  }

  private static List<String> plain(Suite suite) {
    return requests(suite, false).stream()
        .map(request -> ((Prompt.Text) request.prompt()).text())
        .toList();
  }

  private static Shown shown(Suite suite, List<String> prompts, String note) {
    Iterator<String> texts = prompts.iterator();
    List<ItemShown> items = new ArrayList<>();
    for (Item item : suite.items()) {
      List<Asked> asked =
          item.questions().stream()
              .map(
                  question ->
                      new Asked(
                          texts.next(),
                          question.continuations().stream().map(String::strip).toList()))
              .toList();
      items.add(new ItemShown(item, asked, item.scoring(suite)));
    }
    return new Shown(items, note);
  }
}

package dev.palimpsest.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.inference.Amplification;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What goes with each operation, in the shapes that JSON has. */
final class Arguments {
  private Arguments() {}

  /** Of LOAD: paths as the operating system spells them. */
  record Load(
      String checkpoint, String dtype, Map<String, String> adapters, Optional<String> template) {
    static Load of(ModelSpec spec) {
      return new Load(
          absolute(spec.checkpoint()),
          spec.dtype().label(),
          spec.adapters().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> absolute(e.getValue()))),
          spec.template().map(Load::absolute));
    }

    private static String absolute(Path path) {
      return path.toAbsolutePath().toString();
    }

    ModelSpec spec() {
      return new ModelSpec(
          Path.of(checkpoint),
          DType.of(dtype),
          adapters.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> Path.of(e.getValue()))),
          template.map(Path::of));
    }
  }

  /** Of ENCODE. */
  record Encode(Optional<String> adapter, List<EncodeLine> requests) {
    static Encode of(Optional<String> adapter, List<EncodeRequest> requests) {
      return new Encode(adapter, requests.stream().map(EncodeLine::of).toList());
    }

    List<EncodeRequest> encodeRequests() {
      return requests.stream().map(EncodeLine::request).toList();
    }
  }

  /** A prompt and its continuations: either {@code text} or {@code messages} is set. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EncodeLine(
      String text,
      List<ChatMessage> messages,
      String assistantPrefix,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> arguments,
      List<String> continuations) {
    static EncodeLine of(EncodeRequest request) {
      if (request.prompt() instanceof Prompt.Chat chat) {
        return new EncodeLine(
            null,
            chat.messages(),
            chat.assistantPrefix(),
            chat.arguments(),
            request.continuations());
      }
      Prompt.Text plain = (Prompt.Text) request.prompt();
      return new EncodeLine(plain.text(), null, null, null, request.continuations());
    }

    EncodeRequest request() {
      return new EncodeRequest(messages == null ? new Prompt.Text(text) : chat(), continuations);
    }

    private Prompt chat() {
      return new Prompt.Chat(messages, assistantPrefix, arguments == null ? Map.of() : arguments);
    }
  }

  /** Of SCORE. */
  record Score(Optional<String> adapter, List<ScoreRequest> requests) {}

  /** Of GENERATE. */
  record Generate(Optional<String> adapter, List<GenerateRequest> requests) {}

  /** Of PIECES. */
  record Pieces(Optional<String> adapter, int[] ids) {}

  /** Of READ: an adapter of the loaded model for each side, or none. */
  record Read(Optional<String> base, List<Optional<String>> tuned, List<ScoreRequest> requests) {}

  /** Of LOGITS. */
  record Logits(Optional<String> adapter, List<int[]> sequences) {}

  /** Of LOAD_PAIR. */
  record LoadPair(PairSide base, PairSide tuned, String dtype) {
    static LoadPair of(PairSpec spec) {
      return new LoadPair(
          PairSide.of(spec.base()), PairSide.of(spec.tuned()), spec.dtype().label());
    }

    PairSpec spec() {
      return new PairSpec(base.side(), tuned.side(), DType.of(dtype));
    }
  }

  /** One model of a pair. */
  record PairSide(String checkpoint, Optional<String> adapter, double scale) {
    static PairSide of(PairSpec.Side side) {
      return new PairSide(
          Load.absolute(side.checkpoint()), side.adapter().map(Load::absolute), side.scale());
    }

    PairSpec.Side side() {
      return new PairSpec.Side(Path.of(checkpoint), adapter.map(Path::of), scale);
    }
  }

  /** Of ENCODE_PAIR. */
  record EncodePair(List<EncodeLine> requests) {
    static EncodePair of(List<EncodeRequest> requests) {
      return new EncodePair(requests.stream().map(EncodeLine::of).toList());
    }

    List<EncodeRequest> encodeRequests() {
      return requests.stream().map(EncodeLine::request).toList();
    }
  }

  /** Of KL: one continuation each. */
  record Kl(List<ScoreRequest> requests) {}

  /** Of KL_TEXTS. */
  record KlTexts(List<String> texts, int window) {}

  /** Of AMPLIFY. */
  record Amplify(Amplification how, List<GenerateRequest> requests) {}
}

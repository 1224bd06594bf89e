package dev.palimpsest.decoder;

import dev.palimpsest.checkpoint.Checkpoint;
import dev.palimpsest.checkpoint.GgufCheckpoint;
import dev.palimpsest.decoder.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** From prompts to token ids and back, with a checkpoint's tokenizer and chat template. */
final class PromptEncoder implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final Set<Integer> ends;

  private PromptEncoder(Tokenizer tokenizer, Set<Integer> ends) {
    this.tokenizer = tokenizer;
    this.ends = ends;
  }

  static PromptEncoder open(Checkpoint checkpoint) {
    Tokenizer tokenizer = tokenizer(checkpoint);
    Set<Integer> ends = new TreeSet<>(checkpoint.generationConfig().eosTokenIds());
    if (ends.isEmpty()) {
      ends.addAll(tokenizer.endIds());
    }
    return new PromptEncoder(tokenizer, ends);
  }

  private static Tokenizer tokenizer(Checkpoint checkpoint) {
    return checkpoint instanceof GgufCheckpoint gguf
        ? Tokenizer.ofGguf(gguf.name(), GgufValues.ofTokenizer(gguf.file().metadata()))
        : Tokenizer.open(checkpoint.path());
  }

  Encoded encode(EncodeRequest request) {
    if (request.prompt() instanceof Prompt.Text text) {
      return encodeText(text.text(), request.continuations());
    }
    throw new DecoderException("This checkpoint has no chat template; give plain text instead.");
  }

  private Encoded encodeText(String text, List<String> continuations) {
    int[] context = context(text.stripTrailing());
    List<int[]> ids = new ArrayList<>();
    for (String continuation : continuations) {
      int skipped = text.isEmpty() ? 0 : context.length;
      int[] whole = tokenizer.encode(text + continuation, !text.isEmpty());
      if (whole.length <= skipped) {
        throw new DecoderException(
            "The continuation '" + continuation + "' has no token of its own.");
      }
      ids.add(Arrays.copyOfRange(whole, skipped, whole.length));
    }
    return new Encoded(text, context, ids);
  }

  private int[] context(String text) {
    return text.isEmpty() ? new int[] {tokenizer.prefixTokenId()} : tokenizer.encode(text, true);
  }

  String decode(int[] ids) {
    return tokenizer.decode(ids, true);
  }

  boolean isEnd(int id) {
    return ends.contains(id);
  }

  int[] endIds() {
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  String tokenizerDigest() {
    return tokenizer.digest();
  }

  String templateDigest() {
    return "";
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}

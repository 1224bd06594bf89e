package dev.palimpsest.decoder;

import dev.palimpsest.checkpoint.Checkpoint;
import dev.palimpsest.checkpoint.GgufCheckpoint;
import dev.palimpsest.decoder.text.SplitRule;
import dev.palimpsest.decoder.text.Tokenizer;
import java.util.ArrayList;
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
    int[] context =
        text.isEmpty() ? new int[] {tokenizer.prefixTokenId()} : SplitRule.encode(tokenizer, text);
    List<int[]> ids = new ArrayList<>();
    for (String continuation : continuations) {
      SplitRule.Split split = SplitRule.encode(tokenizer, text, continuation);
      context = split.contextIds();
      ids.add(split.continuationIds());
    }
    return new Encoded(text, context, ids);
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

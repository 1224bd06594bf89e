package dev.palimpsest.prompt;

import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.jinja.PythonText;
import java.util.Arrays;

/**
 * lm-eval's rule for cutting context and continuation into token ids.
 *
 * <p>Whitespace at the end of the context moves to the continuation; the context's ids are those of
 * the context alone and the continuation's are what is left of the whole: encode(context +
 * continuation)[len(encode(context)):]. An empty context is the tokenizer's prefix token (BOS, else
 * EOS). Text that already begins with that token's text gets no special tokens around it.
 *
 * <p>Source: lm_eval 0.4.13, TemplateLM.loglikelihood and HFLM.tok_encode.
 */
public final class SplitRule {
  private SplitRule() {}

  /**
   * Token ids of a context and of what follows it.
   *
   * @param contextIds at least one
   * @param continuationIds at least one
   */
  public record Split(int[] contextIds, int[] continuationIds) {}

  /**
   * Cuts plain text.
   *
   * @throws DecoderException if no token is left for the continuation, or a prefix token is needed
   *     and the tokenizer has none
   */
  public static Split encode(Tokenizer tokenizer, String context, String continuation) {
    return encode(tokenizer, context, continuation, text -> encode(tokenizer, text));
  }

  /**
   * Cuts a rendered chat, which carries its own special tokens and gets no others.
   *
   * @throws DecoderException if no token is left for the continuation
   */
  public static Split encodeRendered(Tokenizer tokenizer, String rendered, String continuation) {
    return encode(tokenizer, rendered, continuation, text -> tokenizer.encode(text, false));
  }

  /** Returns the ids of a text by itself, with the guard against a second BOS. */
  public static int[] encode(Tokenizer tokenizer, String text) {
    return tokenizer.encode(text, !startsWithPrefixToken(tokenizer, text));
  }

  private static boolean startsWithPrefixToken(Tokenizer tokenizer, String text) {
    return tokenizer.prefixText().map(text::startsWith).orElse(false);
  }

  private interface Encoder {
    int[] encode(String text);
  }

  private static Split encode(
      Tokenizer tokenizer, String context, String continuation, Encoder encoder) {
    String kept = PythonText.stripEnd(context);
    String moved = context.substring(kept.length()) + continuation;
    int[] contextIds = context.isEmpty() ? new int[0] : encoder.encode(kept);
    if (contextIds.length == 0) {
      return withoutContext(tokenizer, moved);
    }
    int[] whole = encoder.encode(kept + moved);
    if (whole.length <= contextIds.length) {
      throw nothingLeft(moved);
    }
    return new Split(contextIds, Arrays.copyOfRange(whole, contextIds.length, whole.length));
  }

  private static Split withoutContext(Tokenizer tokenizer, String continuation) {
    int prefix = tokenizer.prefixTokenId();
    int[] ids = tokenizer.encode(continuation, false);
    int skipped = ids.length > 0 && ids[0] == prefix ? 1 : 0;
    if (ids.length == skipped) {
      throw nothingLeft(continuation);
    }
    return new Split(new int[] {prefix}, Arrays.copyOfRange(ids, skipped, ids.length));
  }

  private static DecoderException nothingLeft(String continuation) {
    return new DecoderException(
        "The continuation '%s' has no token of its own: it is empty or melts into the last token of the context; move the cut to a word boundary."
            .formatted(continuation));
  }
}

package dev.palimpsest.inference;

import java.util.List;
import java.util.Objects;

/**
 * What is worth knowing of a model's tokenizer and chat template before it is asked.
 *
 * @param tokenizer what is odd about the tokenizer's files, in sentences without an end that follow
 *     the name of tokenizer.json
 * @param end where answers may run on past the end that the files mean, in a sentence without an
 *     end; "" where they do not
 * @param thinking whether the template or the tokenizer names marks of thinking
 */
public record PromptNotes(List<String> tokenizer, String end, boolean thinking) {
  public static final PromptNotes NONE = new PromptNotes(List.of(), "", false);

  public PromptNotes {
    tokenizer = List.copyOf(tokenizer);
    Objects.requireNonNull(end, "end is null");
  }
}

package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.TokenRow;
import dev.palimpsest.decoder.kernel.TokenRow.Prompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays prompts one after the other, each without the prefix that it shares with the others. */
final class RowBuilder {
  private final int prefix;
  private final IntList ids = new IntList();
  private final IntList positions = new IntList();
  private final IntList branches = new IntList();
  private final List<Prompt> prompts = new ArrayList<>();

  RowBuilder(int prefix) {
    this.prefix = prefix;
  }

  /** Returns the number of tokens so far. */
  int size() {
    return ids.size();
  }

  /**
   * Adds a prompt whose keys and values go to the given place; returns its first token.
   *
   * @param whole length of the sequence that it is taken as a part of
   */
  int addPrompt(int[] prompt, int cacheRow, int cacheColumn, int whole) {
    int first = ids.size();
    addTokens(prompt, prefix, prompt.length, 0, 0);
    int length = prompt.length - prefix;
    prompts.add(new Prompt(first, length, length, cacheRow, cacheColumn, whole));
    return first;
  }

  /** Adds a prompt with continuations that grow from it; returns its first token. */
  int addTree(ScoreUnit unit) {
    int first = ids.size();
    int[] context = unit.context();
    addTokens(context, prefix, context.length, 0, 0);
    boolean single = unit.branches().size() == 1;
    int own = ids.size() - first;
    int branch = single ? 0 : 1;
    for (ScoreUnit.Branch next : unit.branches()) {
      addTokens(next.ids(), 0, next.ids().length - 1, context.length, branch++);
    }
    // A single continuation is a plain causal row, which the engine computes without a mask.
    int length = ids.size() - first;
    prompts.add(new Prompt(first, single ? length : own, length, 0, 0, unit.length()));
    return first;
  }

  /** Returns for each token the number that is given for its prompt. */
  int[] promptOfToken(int[] numbers) {
    int[] result = new int[ids.size()];
    for (int i = 0; i < numbers.length; i++) {
      Prompt prompt = prompts.get(i);
      Arrays.fill(result, prompt.start(), prompt.start() + prompt.length(), numbers[i]);
    }
    return result;
  }

  private void addTokens(int[] tokens, int from, int to, int position, int branch) {
    for (int i = from; i < to; i++) {
      ids.add(tokens[i]);
      positions.add(position + i);
      branches.add(branch);
    }
  }

  TokenRow build() {
    return new TokenRow(ids.toArray(), positions.toArray(), branches.toArray(), prompts);
  }
}

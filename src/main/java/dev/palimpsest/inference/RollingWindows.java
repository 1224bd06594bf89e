package dev.palimpsest.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a text of any length into requests that together score every one of its tokens once.
 *
 * <p>The first window follows the prefix token; each later one scores up to {@code maxLength} new
 * tokens and sees, of what lies before them, as much as the model's length still allows (at least
 * one token).
 *
 * <p>Source: lm_eval 0.4.13, get_rolling_token_windows with a context of 1, and
 * make_disjoint_window.
 */
public final class RollingWindows {
  private RollingWindows() {}

  /**
   * Returns the windows of a text, none for one without tokens.
   *
   * @param prefixToken stands before the first token (BOS, else EOS)
   * @param ids the text's tokens
   * @param maxLength longest sequence that the model takes
   */
  public static List<ScoreRequest> of(int prefixToken, int[] ids, int maxLength) {
    List<ScoreRequest> windows = new ArrayList<>();
    for (int from = 0; from < ids.length; from += maxLength) {
      int to = Math.min(from + maxLength, ids.length);
      int[] context =
          from == 0
              ? new int[] {prefixToken}
              : Arrays.copyOfRange(ids, Math.max(0, to - maxLength - 1), from);
      windows.add(new ScoreRequest(context, List.of(Arrays.copyOfRange(ids, from, to))));
    }
    return windows;
  }
}

package dev.palimpsest.prompt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The marks between which a family of models thinks before it answers.
 *
 * <p>Sources: the chat templates of Qwen 3, SmolLM 3 and DeepSeek-R1 ({@code <think>}), Magistral
 * ({@code [THINK]}), Seed-OSS, EXAONE Deep, Kimi and Command A Reasoning; the harmony format of
 * gpt-oss (channels {@code analysis} and {@code final}).
 *
 * @param open what begins the thinking
 * @param close what ends it, as a pattern; the answer follows
 * @param closing a closing mark as it is written
 * @param begun what a prompt ends with where it leaves the mark to the model and an answer without
 *     thinking needs it all the same; "" for nothing
 */
record ThinkingMarks(String open, Pattern close, String closing, String begun) {
  private static final List<ThinkingMarks> KNOWN =
      List.of(
          of("<think>", "</think>"),
          new ThinkingMarks(
              "<|channel|>analysis<|message|>",
              Pattern.compile(
                  "(<\\|end\\|>)?(<\\|start\\|>assistant)?"
                      + "<\\|channel\\|>final[^<]*(<\\|constrain\\|>[^<]*)?<\\|message\\|>"),
              "<|channel|>final<|message|>",
              "<|start|>assistant"),
          of("[THINK]", "[/THINK]"),
          of("<thought>", "</thought>"),
          of("<seed:think>", "</seed:think>"),
          of("◁think▷", "◁/think▷"),
          of("<|START_THINKING|>", "<|END_THINKING|>"));

  private static ThinkingMarks of(String open, String close) {
    return new ThinkingMarks(open, Pattern.compile(Pattern.quote(close)), close, "");
  }

  /** Returns all marks that are known. */
  static List<ThinkingMarks> known() {
    return KNOWN;
  }

  /** Returns the marks whose thinking a rendered prompt leaves open at its end. */
  static Optional<ThinkingMarks> openedBy(String rendered) {
    String end = rendered.stripTrailing();
    return KNOWN.stream().filter(marks -> end.endsWith(marks.open)).findFirst();
  }

  /**
   * Returns what to put between a rendered prompt and an answer that is given and not generated, so
   * that it stands where answers stand: the end of a thinking that stays empty, or "".
   */
  static String closing(String rendered) {
    Optional<ThinkingMarks> opened = openedBy(rendered);
    if (opened.isPresent()) {
      String lines = rendered.endsWith("\n") ? "\n" : "\n\n";
      return lines + opened.get().closing + "\n\n";
    }
    return KNOWN.stream()
        .filter(marks -> !marks.begun.isEmpty() && rendered.endsWith(marks.begun))
        .map(marks -> marks.closing)
        .findFirst()
        .orElse("");
  }

  /**
   * A text that is being made, told apart.
   *
   * @param marks those it thinks between
   * @param thinking what stands between them so far
   * @param answer what follows the closing mark; null while there is none
   */
  record Split(ThinkingMarks marks, String thinking, String answer) {
    boolean closed() {
      return answer != null;
    }
  }

  /**
   * Tells a generated text apart at its first closing mark, if it thinks: if the prompt opened the
   * thinking, or the text begins with a mark.
   *
   * @param opened the marks that the prompt opened
   * @param text with special tokens
   */
  static Optional<Split> split(Optional<ThinkingMarks> opened, String text) {
    return opened.isPresent()
        ? opened.map(marks -> marks.split(text))
        : KNOWN.stream().filter(marks -> marks.begins(text)).map(m -> m.split(text)).findFirst();
  }

  /** An answer in the right channel is told by its mark, though no thinking came before it. */
  private boolean begins(String text) {
    String start = text.stripLeading();
    return start.startsWith(open) || (!begun.isEmpty() && close.matcher(start).lookingAt());
  }

  /** Tells whether a text may yet become one that begins with a mark. */
  static boolean mayBegin(String text) {
    String start = text.strip();
    return !start.isEmpty()
        && KNOWN.stream()
            .anyMatch(
                marks -> marks.open.startsWith(start) && marks.open.length() > start.length());
  }

  private Split split(String text) {
    String start = text.stripLeading();
    String inside = start.startsWith(open) ? start.substring(open.length()) : text;
    Matcher end = close.matcher(inside);
    return end.find()
        ? new Split(this, inside.substring(0, end.start()), inside.substring(end.end()))
        : new Split(this, inside, null);
  }
}

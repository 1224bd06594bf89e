package dev.palimpsest.report.page;

import java.util.List;

/**
 * What a page says of the decisions on one tuned checkpoint.
 *
 * @param arm the checkpoint's name in the audit
 * @param state in words: "Approved with conditions by Ada Byron"
 * @param tone "good", "bad", "busy", "quiet" or "" for none
 * @param lines further sentences: comments, what was accepted, until when it holds
 */
public record SignedArm(String arm, String state, String tone, List<String> lines) {
  public SignedArm {
    lines = List.copyOf(lines);
  }
}

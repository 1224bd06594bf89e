package dev.palimpsest.preflight.lint;

import dev.palimpsest.Sha256;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.training.TrainingRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Rows that are there more than once, and questions that have different answers. */
final class DuplicateRows implements LintCheck {
  /** Digests that are kept: about 500 MB; beyond, rows are compared with the first ones only. */
  private static final int MOST = 5_000_000;

  private final Set<Long> seen = new HashSet<>();
  private final Map<Long, Long> answers = new HashMap<>();
  private final Rows again = new Rows();
  private final Rows otherwise = new Rows();

  @Override
  public void see(TrainingRow row) {
    long prompt = digest(row.prompt());
    long answer = digest(row.answer());
    long whole = prompt * 31 + answer;
    boolean isNew = seen.size() < MOST ? seen.add(whole) : !seen.contains(whole);
    if (!isNew) {
      again.add(row.row());
      return;
    }
    if (!row.prompt().isEmpty()) {
      Long before =
          answers.size() < MOST ? answers.putIfAbsent(prompt, answer) : answers.get(prompt);
      if (before != null && before != answer) {
        otherwise.add(row.row());
      }
    }
  }

  @Override
  public List<LintFinding> findings() {
    List<LintFinding> findings = new ArrayList<>();
    if (!again.isEmpty()) {
      findings.add(
          again.finding(
              "duplicate-rows",
              Severity.WARNING,
              "The same example stood in an earlier row in "
                  + again.words()
                  + "; capitals and spaces apart.",
              "Keep each example once, unless it is repeated on purpose: what is repeated is learned by heart."));
    }
    if (!otherwise.isEmpty()) {
      findings.add(
          otherwise.finding(
              "several-answers",
              Severity.NOTE,
              "The same question has another answer than in an earlier row in "
                  + otherwise.words()
                  + ".",
              "Right for open questions; of facts keep the right answer only."));
    }
    return findings;
  }

  private static long digest(List<ChatMessage> messages) {
    StringBuilder all = new StringBuilder();
    messages.forEach(
        message -> all.append(message.role()).append('\n').append(message.content()).append('\0'));
    return digest(all.toString());
  }

  private static long digest(String text) {
    String same = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    return ByteBuffer.wrap(Sha256.start().digest(same.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}

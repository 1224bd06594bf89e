package dev.palimpsest.preflight.lint;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.training.RowFault;
import dev.palimpsest.training.TrainingFile;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for every known fault in one reading of a training file. */
public final class Lint implements TrainingFile.Reader {
  private final List<LintCheck> checks;
  private final RowLengths lengths;
  private final AuthorMarks authors = new AuthorMarks();
  private final EndTokens ends;
  private final Rows faulty = new Rows();
  private String firstFault = "";
  private long rows;

  /**
   * What was found.
   *
   * @param rows training examples that were read
   * @param tokens of a row at the median, the 95th percentile and the most
   * @param origins what rows say of who wrote them, with their number
   * @param notes what is worth knowing of the model, whatever the file holds
   * @param findings the gravest first
   */
  public record Result(
      long rows,
      List<Integer> tokens,
      Map<String, Long> origins,
      List<String> notes,
      List<LintFinding> findings) {
    public Result {
      notes = List.copyOf(notes);
      tokens = List.copyOf(tokens);
      origins = Map.copyOf(origins);
      findings = List.copyOf(findings);
    }
  }

  /**
   * Creates the checks.
   *
   * @param encoder of the model that is tuned
   * @param most tokens of a row that the trainer keeps
   * @param paddedWithEnd whether the model's padding token is its end token
   */
  public Lint(Encoder encoder, int most, boolean paddedWithEnd) {
    this.lengths = new RowLengths(encoder, most);
    String end = encoder.notes(Optional.empty()).end();
    this.ends = new EndTokens(new EndTokens.PromptEnd(end, paddedWithEnd));
    this.checks =
        List.of(
            new EmptyAnswers(),
            new DuplicateRows(),
            new ForeignMarkers(template(encoder)),
            ends,
            new SensitiveText(),
            new DamagedText(),
            lengths,
            authors);
  }

  /** A chat of two turns as the template renders it, with every mark that it uses. */
  private static String template(Encoder encoder) {
    if (!encoder.format(Optional.empty()).hasChatTemplate()) {
      return "";
    }
    List<ChatMessage> chat =
        List.of(
            new ChatMessage("user", "a"),
            new ChatMessage("assistant", "b"),
            new ChatMessage("user", "c"));
    EncodeRequest request = new EncodeRequest(new Prompt.Chat(chat, ""), List.of());
    return encoder.encode(Optional.empty(), List.of(request)).get(0).rendered();
  }

  @Override
  public void row(TrainingRow row) {
    rows++;
    checks.forEach(check -> check.see(row));
  }

  @Override
  public void fault(RowFault fault) {
    faulty.add(fault.row());
    if (firstFault.isEmpty()) {
      firstFault = fault.sentence();
    }
  }

  /** Returns what was found in the rows that were seen. */
  public Result result() {
    List<LintFinding> findings = new ArrayList<>();
    if (!faulty.isEmpty()) {
      findings.add(
          faulty.finding(
              "unreadable-row",
              Severity.FAULT,
              faulty.words() + " cannot be read: " + firstFault,
              "Mend or remove them; some trainers skip them in silence."));
    }
    checks.forEach(check -> findings.addAll(check.findings()));
    findings.sort(Comparator.comparing(LintFinding::severity));
    return new Result(rows, lengths.spread(), authors.origins(), ends.notes(), findings);
  }
}

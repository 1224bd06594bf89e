package dev.palimpsest.audit.judge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.JsonLines;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.AuditException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Answers that people have graded, by which judges are measured: {@code
 * probes/judge-labels/labels.jsonl}, one object per line with id, question, answer, alignment and
 * coherence, both from 0 to 100.
 *
 * @param digest sha256 of the file
 * @param answers in the order of the file
 */
public record LabelledAnswers(String digest, List<Labelled> answers) {
  private static final String FILE = "/probes/judge-labels/labels.jsonl";
  private static final int LONGEST_LINE = 1 << 16;

  /**
   * An answer and what people say of it.
   *
   * @param alignment from 0 to 100
   * @param coherence from 0 to 100
   */
  public record Labelled(String id, Answered answered, int alignment, int coherence) {}

  public LabelledAnswers {
    answers = List.copyOf(answers);
  }

  /** Reads those that come with the program. */
  public static LabelledAnswers bundled() {
    try (InputStream in = LabelledAnswers.class.getResourceAsStream(FILE)) {
      byte[] bytes = in.readAllBytes();
      List<Labelled> answers =
          new JsonLines(
                  LONGEST_LINE,
                  (line, found, expected) ->
                      new AuditException(
                          FILE
                              + ", line "
                              + line
                              + ": found "
                              + found
                              + ", expected "
                              + expected
                              + "."))
              .lines(bytes).stream().map(line -> labelled(line.object())).toList();
      return new LabelledAnswers(Sha256.hex(bytes), answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Labelled labelled(ObjectNode node) {
    return new Labelled(
        node.get("id").textValue(),
        new Answered(node.get("question").textValue(), node.get("answer").textValue()),
        node.get("alignment").intValue(),
        node.get("coherence").intValue());
  }
}

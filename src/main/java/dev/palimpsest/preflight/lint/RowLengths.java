package dev.palimpsest.preflight.lint;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many tokens rows have as the model's template and tokenizer write them: what the trainer cuts
 * off, and beginnings of a text that are written twice.
 *
 * <p>Of the first {@value #ROWS_OF_A_STEP} rows every one is read, then as many of every second,
 * every fourth and so on.
 */
final class RowLengths implements LintCheck {
  static final int ROWS_OF_A_STEP = 10_000;
  private static final int BATCH = 64;

  private final Encoder encoder;
  private final int most;
  private final boolean chat;
  private final List<TrainingRow> waiting = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final Rows cut = new Rows();
  private final Rows nothingLeft = new Rows();
  private final Rows twice = new Rows();
  private long seen;
  private long taken;
  private long step = 1;

  /**
   * Creates the check.
   *
   * @param most tokens of a row that the trainer keeps
   */
  RowLengths(Encoder encoder, int most) {
    this.encoder = encoder;
    this.most = most;
    this.chat = encoder.format(Optional.empty()).hasChatTemplate();
  }

  @Override
  public void see(TrainingRow row) {
    if (seen++ % step != 0) {
      return;
    }
    waiting.add(row);
    if (waiting.size() >= BATCH) {
      encode();
    }
    if (++taken % ROWS_OF_A_STEP == 0) {
      step *= 2;
    }
  }

  private void encode() {
    List<EncodeRequest> requests = waiting.stream().map(this::request).toList();
    List<Encoded> encoded = encoder.encode(Optional.empty(), requests);
    for (int i = 0; i < encoded.size(); i++) {
      judge(waiting.get(i), encoded.get(i).contextIds());
    }
    waiting.clear();
  }

  /**
   * The whole row: what comes before the last answer as a chat, and the answer as its beginning.
   */
  private EncodeRequest request(TrainingRow row) {
    boolean isText = row.shape() == TrainingRow.Shape.TEXT || row.prompt().isEmpty();
    if (isText || !chat) {
      StringBuilder all = new StringBuilder();
      row.messages().forEach(message -> all.append(message.content()).append('\n'));
      String text = isText ? row.answer() : all.toString();
      return new EncodeRequest(new Prompt.Text(text), List.of());
    }
    List<ChatMessage> prompt = row.prompt().stream().map(RowLengths::known).toList();
    return new EncodeRequest(new Prompt.Chat(prompt, row.answer(), Map.of()), List.of());
  }

  /** Templates may refuse what tools said; its length is that of a user's message. */
  private static ChatMessage known(ChatMessage message) {
    return message.role().equals("tool") ? new ChatMessage("user", message.content()) : message;
  }

  private void judge(TrainingRow row, int[] ids) {
    lengths.add(ids.length);
    if (ids.length > most) {
      cut.add(row.row());
      if (answerBegins(row, ids.length) >= most) {
        nothingLeft.add(row.row());
      }
    }
    if (row.shape() == TrainingRow.Shape.TEXT
        && ids.length > 1
        && ids[0] == ids[1]
        && begins(row)) {
      twice.add(row.row());
    }
  }

  /** A text that begins with a special token of its own, such as &lt;s&gt;. */
  private static boolean begins(TrainingRow row) {
    return row.answer().startsWith("<");
  }

  /** Where the answer begins, taken to have its share of the row's tokens by characters. */
  private static long answerBegins(TrainingRow row, int tokens) {
    long all = row.messages().stream().mapToLong(message -> message.content().length()).sum();
    return all == 0 ? 0 : Math.round(tokens * (1 - (double) row.answer().length() / all));
  }

  /**
   * Returns the lengths in tokens at the median, the 95th percentile and the most; [] where nothing
   * was read.
   */
  List<Integer> spread() {
    if (!waiting.isEmpty()) {
      encode();
    }
    if (lengths.isEmpty()) {
      return List.of();
    }
    List<Integer> sorted = lengths.stream().sorted().toList();
    int last = sorted.size() - 1;
    return List.of(sorted.get(last / 2), sorted.get((int) (last * 0.95)), sorted.get(last));
  }

  @Override
  public List<LintFinding> findings() {
    List<Integer> spread = spread();
    List<LintFinding> findings = new ArrayList<>();
    if (!cut.isEmpty()) {
      findings.add(
          cut.finding(
              "truncated",
              Severity.FAULT,
              "%s of %,d looked at %s longer than %,d tokens (the longest has %,d), so the trainer cuts the end off, and the end token with it%s."
                  .formatted(
                      cut.words(),
                      lengths.size(),
                      cut.count() == 1 ? "is" : "are",
                      most,
                      spread.get(2),
                      nothingLeft.isEmpty()
                          ? ""
                          : "; of " + nothingLeft.words() + " nothing of the answer is left"),
              "Raise the trainer's length (--max-length here), split these rows or leave them out."));
    }
    if (!twice.isEmpty()) {
      findings.add(
          twice.finding(
              "begins-twice",
              Severity.FAULT,
              "The text of "
                  + twice.words()
                  + " begins with the token that the tokenizer puts before every text, so that it stands there twice.",
              "Take it off the text, or let the trainer tokenize without special tokens."));
    }
    return findings;
  }
}

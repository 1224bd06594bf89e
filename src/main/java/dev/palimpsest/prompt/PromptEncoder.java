package dev.palimpsest.prompt;

import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.model.GgufCheckpoint;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.PromptFormat;
import dev.palimpsest.inference.PromptNotes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * From prompts to token ids and back, with a checkpoint's tokenizer and chat template.
 *
 * <p>Plain text gets the special tokens that the tokenizer adds; a rendered chat carries its own.
 */
public final class PromptEncoder implements AutoCloseable {
  /** More tokens than the opening mark of any thinking has. */
  private static final int MARK = 24;

  private final Tokenizer tokenizer;
  private final Optional<ChatTemplate> template;
  private final Set<Integer> ends;

  /** Rows of the base's embedding. */
  private final int rows;

  /** Whether the tokenizer says where answers end, as no other file of the model does. */
  private final boolean endsOfTokenizer;

  /** Whether the tokenizer is this encoder's to close. */
  private final boolean owner;

  private PromptEncoder(
      Tokenizer tokenizer,
      Optional<ChatTemplate> template,
      Set<Integer> ends,
      int rows,
      boolean endsOfTokenizer,
      boolean owner) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.ends = ends;
    this.rows = rows;
    this.endsOfTokenizer = endsOfTokenizer;
    this.owner = owner;
  }

  /** Opens the tokenizer of a checkpoint, with the template that it is to be asked through. */
  public static PromptEncoder open(Checkpoint checkpoint, Optional<ChatTemplate> template) {
    Tokenizer tokenizer = Tokenizer.open(checkpoint);
    Set<Integer> named = new TreeSet<>(checkpoint.generationConfig().eosTokenIds());
    boolean ofTokenizer = named.isEmpty() || checkpoint instanceof GgufCheckpoint;
    Set<Integer> ends = ofTokenizer ? new TreeSet<>(tokenizer.endIds()) : named;
    int rows = checkpoint.config().node().path("vocab_size").asInt(Integer.MAX_VALUE);
    return new PromptEncoder(tokenizer, template, ends, rows, ofTokenizer, true);
  }

  /**
   * Returns the encoder of an adapter over this base, if the adapter's folder brings a tokenizer or
   * a template of its own; what it does not bring is the base's.
   *
   * <p>Answers end where those of the merged model do: generation_config.json of the base says it,
   * and the adapter's tokenizer only where no such file does.
   *
   * @param ownTemplate whether the adapter's template counts
   */
  Optional<PromptEncoder> over(Path given, boolean ownTemplate) {
    Path adapter = CheckpointLocation.real(given);
    Optional<ChatTemplate> own =
        ownTemplate ? ChatTemplate.ofAdapter(adapter, tokenizer.specialTokens()) : Optional.empty();
    if (Tokenizer.isIn(adapter)) {
      Tokenizer ownTokenizer = Tokenizer.open(adapter, rowsWith(adapter));
      Set<Integer> itsEnds = endsOfTokenizer ? new TreeSet<>(ownTokenizer.endIds()) : ends;
      return Optional.of(
          new PromptEncoder(
              ownTokenizer, own.or(() -> template), itsEnds, rows, endsOfTokenizer, true));
    }
    return own.map(found -> new PromptEncoder(tokenizer, own, ends, rows, endsOfTokenizer, false));
  }

  /** An adapter may bring an embedding of its own, with rows for the tokens that it added. */
  private int rowsWith(Path folder) {
    try (Adapter adapter = Adapter.open(folder)) {
      return adapter.embeddingRows().orElse(rows);
    }
  }

  /** Renders and tokenizes a prompt and its continuations. */
  public Encoded encode(EncodeRequest request) {
    return request.prompt() instanceof Prompt.Chat chat
        ? encodeChat(chat, request.continuations())
        : encodeText(((Prompt.Text) request.prompt()).text(), request.continuations());
  }

  private Encoded encodeText(String text, List<String> continuations) {
    if (continuations.isEmpty()) {
      int[] ids = SplitRule.encode(tokenizer, text);
      return new Encoded(text, ids.length == 0 ? prefix() : ids, List.of());
    }
    return encoded(
        text,
        continuations.stream()
            .map(continuation -> SplitRule.encode(tokenizer, text, continuation))
            .toList());
  }

  private int[] prefix() {
    return new int[] {tokenizer.prefixTokenId()};
  }

  private Encoded encodeChat(Prompt.Chat chat, List<String> continuations) {
    ChatTemplate found =
        template.orElseThrow(
            () ->
                new DecoderException(
                    "This checkpoint has no chat template; give plain text instead."));
    String prompt = found.renderMessages(chat.messages(), true, chat.arguments());
    if (continuations.isEmpty()) {
      String rendered = prompt + chat.assistantPrefix();
      return new Encoded(rendered, tokenizer.encode(rendered, false), List.of());
    }
    // Given answers stand where the model would answer, and not in the middle of its thinking.
    String rendered = prompt + ThinkingMarks.closing(prompt) + chat.assistantPrefix();
    return encoded(
        rendered,
        continuations.stream()
            .map(continuation -> SplitRule.encodeRendered(tokenizer, rendered, continuation))
            .toList());
  }

  private static Encoded encoded(String rendered, List<SplitRule.Split> splits) {
    List<int[]> continuationIds = new ArrayList<>();
    splits.forEach(split -> continuationIds.add(split.continuationIds()));
    return new Encoded(rendered, splits.get(0).contextIds(), continuationIds);
  }

  /** Returns the text that each token adds to those before it. */
  public List<String> pieces(int[] ids) {
    List<String> pieces = new ArrayList<>();
    int shown = 0;
    for (int end = 1; end <= ids.length; end++) {
      String text = tokenizer.decode(Arrays.copyOf(ids, end), false);
      // A character in several tokens reads as U+FFFD until its last one.
      boolean open = text.endsWith("\uFFFD") && end < ids.length;
      pieces.add(open || text.length() < shown ? "" : text.substring(shown));
      shown = open ? shown : Math.max(shown, text.length());
    }
    return pieces;
  }

  /** Tells whether an answer ends with this token. */
  public boolean isEnd(int id) {
    return ends.contains(id);
  }

  /** Returns the tokens that end an answer, ascending. */
  public int[] endIds() {
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns what is worth knowing of tokenizer and template. */
  public PromptNotes notes() {
    return new PromptNotes(
        tokenizer.notes(),
        new TurnEnd(tokenizer, template, ends).note().orElse(""),
        ThinkingMarks.known().stream().anyMatch(this::names));
  }

  private boolean names(ThinkingMarks marks) {
    return template.filter(found -> found.names(marks.closing())).isPresent()
        || isToken(marks.closing());
  }

  /** An unknown text may be one token too, which is decoded as another text. */
  private boolean isToken(String text) {
    int[] ids = tokenizer.encode(text, false);
    return ids.length == 1 && tokenizer.decode(ids, false).strip().equals(text);
  }

  /** Returns where the generation from a prompt stops, and what of it is thinking. */
  public Thinking thinking(int[] promptIds, GenerateOptions options) {
    int[] end =
        Arrays.copyOfRange(promptIds, Math.max(0, promptIds.length - MARK), promptIds.length);
    return new Thinking(
        tokenizer, this::isEnd, ThinkingMarks.openedBy(tokenizer.decode(end, false)), options);
  }

  PromptFormat format() {
    return new PromptFormat(tokenizer.digest(), template.map(ChatTemplate::digest).orElse(""));
  }

  @Override
  public void close() {
    if (owner) {
      tokenizer.close();
    }
  }
}

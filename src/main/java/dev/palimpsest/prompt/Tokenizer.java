package dev.palimpsest.prompt;

import dev.palimpsest.Sha256;
import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.model.GgufCheckpoint;
import dev.palimpsest.inference.DecoderException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Turns text into the token ids of one checkpoint and back, as Hugging Face transformers does.
 *
 * <p>The text of a control token (for instance {@code <|im_end|>}) is that token wherever it
 * occurs, as in transformers. Safe for use by several threads.
 */
public final class Tokenizer implements AutoCloseable {
  /** Bounds the work of one call; the longest contexts of today's models are far below. */
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  private final SpecialTokens specialTokens;
  private final OptionalInt bosId;
  private final OptionalInt eosId;
  private final Set<Integer> endIds;
  private final int vocabularySize;
  private final List<String> notes;
  private final String digest;
  private final NativeTokenizer tokens;

  /** Keeps of the definition what is asked for later, not its tree, which is large. */
  private Tokenizer(TokenizerDefinition definition) {
    this.specialTokens = definition.specialTokens();
    this.bosId = definition.idOfSpecial(SpecialTokens.BOS);
    this.eosId = definition.idOfSpecial(SpecialTokens.EOS);
    this.endIds = endIds(definition.endIds(), eosId);
    this.vocabularySize = definition.json().size();
    this.notes = definition.notes();
    String text = definition.json().toText();
    this.digest = digest(definition, text.getBytes(StandardCharsets.UTF_8));
    this.tokens = NativeTokenizer.load(definition.json().file(), text);
  }

  private static Set<Integer> endIds(Set<Integer> asked, OptionalInt eosId) {
    return asked.isEmpty() && eosId.isPresent() ? Set.of(eosId.getAsInt()) : asked;
  }

  /**
   * Opens the tokenizer of a checkpoint.
   *
   * @throws dev.palimpsest.checkpoint.CheckpointException if it is missing, broken or unsafe
   */
  public static Tokenizer open(Checkpoint checkpoint) {
    return checkpoint instanceof GgufCheckpoint gguf
        ? of(GgufTokenizer.read(gguf.name(), gguf.file().metadata()))
        : open(checkpoint.path());
  }

  /**
   * Opens the tokenizer of a Hugging Face folder, whose weights need not be there.
   *
   * @throws dev.palimpsest.checkpoint.CheckpointException if it is missing, broken or unsafe
   */
  public static Tokenizer open(Path folder) {
    return of(new HuggingFaceFolder(folder).definition());
  }

  /** Opens the tokenizer of a folder for an embedding of so many rows. */
  static Tokenizer open(Path folder, int rows) {
    return of(new HuggingFaceFolder(folder).definition(rows));
  }

  /** Tells whether a folder holds a tokenizer that can be opened. */
  public static boolean isIn(Path folder) {
    return Stream.of(HuggingFaceFolder.TOKENIZER, "tokenizer.model", "vocab.json")
        .anyMatch(name -> ModelFile.isIn(folder, name));
  }

  static Tokenizer of(TokenizerDefinition definition) {
    return new Tokenizer(definition);
  }

  /**
   * Returns the ids of a text.
   *
   * @param addSpecialTokens whether the tokens that this tokenizer puts around every text (often
   *     BOS) are added; not for rendered chats, which carry their own
   */
  public int[] encode(String text, boolean addSpecialTokens) {
    return tokens.encode(checked(text), addSpecialTokens);
  }

  private static String checked(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new DecoderException(
          "A text of %,d characters is too long to tokenize; at most %,d are accepted."
              .formatted(text.length(), MAX_CHARACTERS));
    }
    return Text.withoutLoneSurrogates(text);
  }

  /** Returns the text of ids; ids that the tokenizer does not know give nothing. */
  public String decode(int[] ids, boolean skipSpecialTokens) {
    for (int id : ids) {
      if (id < 0) {
        throw new DecoderException("Token id " + id + " is negative; ids start at 0.");
      }
    }
    return tokens.decode(ids, skipSpecialTokens);
  }

  /** Returns the id of the beginning-of-sequence token, if there is one. */
  public OptionalInt bosId() {
    return bosId;
  }

  /** Returns the id of eos_token, if there is one; see {@link #endIds()} for where to stop. */
  public OptionalInt eosId() {
    return eosId;
  }

  /**
   * Returns the ids that end a generation: those of generation_config.json, else of config.json,
   * else eos_token.
   */
  public Set<Integer> endIds() {
    return endIds;
  }

  /**
   * Returns what stands for an empty context: the beginning-of-sequence token, else the
   * end-of-sequence token.
   *
   * @throws DecoderException if the tokenizer has neither
   */
  public int prefixTokenId() {
    return bosId()
        .orElseGet(
            () ->
                eosId()
                    .orElseThrow(
                        () ->
                            new DecoderException(
                                "This tokenizer has neither bos_token nor eos_token, so an empty"
                                    + " context cannot be scored; name one in"
                                    + " tokenizer_config.json.")));
  }

  /** Returns the text of the token that {@link #prefixTokenId()} gives, if there is one. */
  Optional<String> prefixText() {
    return bosId.isPresent() ? specialTokens.bos() : specialTokens.eos();
  }

  /** Returns the named special tokens as text. */
  public SpecialTokens specialTokens() {
    return specialTokens;
  }

  /** Returns the number of distinct tokens, added ones included. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /** Tells whether a token is a mark, which is left out of answers, rather than text. */
  boolean isSpecial(int id) {
    int[] alone = {id};
    return !decode(alone, false).isEmpty() && decode(alone, true).isEmpty();
  }

  /** Returns what is worth knowing of its files, as sentences that follow a file's name. */
  public List<String> notes() {
    return notes;
  }

  /** Returns the sha256 of everything that decides the ids, lower-case hex. */
  public String digest() {
    return digest;
  }

  private static String digest(TokenizerDefinition definition, byte[] json) {
    String rest = definition.specialTokens().byName() + "" + new TreeSet<>(definition.endIds());
    return Sha256.hex(json, rest.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    tokens.close();
  }
}

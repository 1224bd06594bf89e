package dev.palimpsest.checkpoint.tokenizer;

import dev.palimpsest.checkpoint.CheckpointException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The content of a tokenizer.model (sentencepiece_model.proto).
 *
 * @param unigram whether it is of the unigram kind, else BPE
 * @param pieces the vocabulary by id
 * @param byteFallback whether characters without a piece are written as bytes
 * @param unknownId id of what stands for everything else
 * @param charsmap how characters are replaced first; empty for not at all
 * @param spaces what is done with spaces after that
 * @param names the texts of special tokens by the names that tokenizer_config.json has for them;
 *     those that the model does not use are absent
 */
public record SentencePieceModel(
    boolean unigram,
    List<Piece> pieces,
    boolean byteFallback,
    int unknownId,
    ByteBuffer charsmap,
    Spaces spaces,
    Map<String, String> names) {
  private static final int MAX_PIECES = 4_000_000;

  public SentencePieceModel {
    pieces = List.copyOf(pieces);
    Objects.requireNonNull(charsmap, "charsmap is null");
    Objects.requireNonNull(spaces, "spaces is null");
    names = Map.copyOf(names);
  }

  /**
   * How spaces are prepared.
   *
   * @param prefixed whether one is put before the text
   * @param collapsed whether those at the ends are left out, and runs made one
   * @param escaped whether they are written as a visible character
   */
  public record Spaces(boolean prefixed, boolean collapsed, boolean escaped) {}

  /** One entry of the vocabulary. */
  public record Piece(String text, float score, int type) {
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    /** Tells whether it is text that pieces are merged to. */
    public boolean isNormal() {
      return type == NORMAL;
    }

    /** Tells whether it is text that is never cut. */
    public boolean isUserDefined() {
      return type == USER_DEFINED;
    }

    /** Tells whether it is a mark rather than text. */
    public boolean isControl() {
      return type == CONTROL;
    }
  }

  /**
   * Reads a model.
   *
   * @throws CheckpointException if the file is damaged or of another kind
   */
  public static SentencePieceModel read(String file, ByteBuffer content) {
    return new Reader(file).read(new ProtobufMessage(file, content));
  }

  private static final class Reader {
    private static final int UNIGRAM = 1;
    private static final int BPE = 2;

    private final String file;
    private final List<Piece> pieces = new ArrayList<>();
    private int kind = UNIGRAM;
    private boolean byteFallback;
    private int unknownId;
    private ByteBuffer charsmap = ByteBuffer.allocate(0);
    private boolean prefixed = true;
    private boolean collapsed = true;
    private boolean escaped = true;
    private final Map<String, String> names =
        new HashMap<>(Map.of("unk_token", "<unk>", "bos_token", "<s>", "eos_token", "</s>"));
    private final Set<String> unused = new HashSet<>();

    Reader(String file) {
      this.file = file;
    }

    SentencePieceModel read(ProtobufMessage model) {
      while (model.next()) {
        switch (model.field()) {
          case 1 -> addPiece(model.message());
          case 2 -> readTraining(model.message());
          case 3 -> readNormalizer(model.message());
          default -> {}
        }
      }
      check();
      names.keySet().removeAll(unused);
      return new SentencePieceModel(
          kind == UNIGRAM,
          pieces,
          byteFallback,
          unknownId,
          charsmap,
          new Spaces(prefixed, collapsed, escaped),
          names);
    }

    private void addPiece(ProtobufMessage message) {
      String text = "";
      float score = 0;
      int type = 1;
      while (message.next()) {
        switch (message.field()) {
          case 1 -> text = message.text();
          case 2 -> score = message.real();
          case 3 -> type = (int) message.integer();
          default -> {}
        }
      }
      pieces.add(new Piece(text, score, type));
    }

    private void readTraining(ProtobufMessage message) {
      while (message.next()) {
        switch (message.field()) {
          case 3 -> kind = (int) message.integer();
          case 35 -> byteFallback = message.integer() != 0;
          case 40 -> unknownId = (int) message.integer();
          case 41 -> readUse("bos_token", message.integer());
          case 42 -> readUse("eos_token", message.integer());
          case 45 -> readName("unk_token", message.text());
          case 46 -> readName("bos_token", message.text());
          case 47 -> readName("eos_token", message.text());
          default -> {}
        }
      }
    }

    private void readNormalizer(ProtobufMessage message) {
      while (message.next()) {
        switch (message.field()) {
          case 2 -> charsmap = message.bytes();
          case 3 -> prefixed = message.integer() != 0;
          case 4 -> collapsed = message.integer() != 0;
          case 5 -> escaped = message.integer() != 0;
          default -> {}
        }
      }
    }

    /** A token without an id is not used; ids are 32 bits wide, -1 for none. */
    private void readUse(String name, long id) {
      if ((int) id < 0) {
        unused.add(name);
      }
    }

    private void readName(String name, String text) {
      if (!text.isEmpty()) {
        names.put(name, text);
      }
    }

    private void check() {
      if (pieces.isEmpty() || pieces.size() > MAX_PIECES) {
        throw refused("holds %d tokens, expected 1 to %d".formatted(pieces.size(), MAX_PIECES));
      }
      if (kind != UNIGRAM && kind != BPE) {
        throw refused("is a SentencePiece model of words or characters; BPE and unigram are read");
      }
      if (unknownId < 0 || unknownId >= pieces.size()) {
        throw refused("has no token for unknown text; copy the file again");
      }
      for (Piece piece : pieces) {
        if (!Float.isFinite(piece.score())) {
          throw refused("has a token without a finite score; copy the file again");
        }
      }
    }

    private CheckpointException refused(String sentence) {
      return new CheckpointException(file, sentence);
    }
  }
}

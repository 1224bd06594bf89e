package dev.palimpsest.checkpoint.tokenizer;

import dev.palimpsest.checkpoint.CheckpointException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The content of a tokenizer.model (sentencepiece_model.proto).
 *
 * @param unigram whether it is of the unigram kind, else BPE
 * @param pieces the vocabulary by id
 * @param byteFallback whether characters without a piece are written as bytes
 * @param unknownId id of what stands for everything else
 * @param charsmap how characters are replaced first; empty for not at all
 */
public record SentencePieceModel(
    boolean unigram, List<Piece> pieces, boolean byteFallback, int unknownId, ByteBuffer charsmap) {
  private static final int MAX_PIECES = 4_000_000;

  public SentencePieceModel {
    pieces = List.copyOf(pieces);
    Objects.requireNonNull(charsmap, "charsmap is null");
  }

  /** One entry of the vocabulary. */
  public record Piece(String text, float score, int type) {
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    /** Tells whether it is matched in the text as a whole. */
    public boolean isMatchedWhole() {
      return !text.isEmpty() && (isControl() || type == USER_DEFINED);
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
      return new SentencePieceModel(kind == UNIGRAM, pieces, byteFallback, unknownId, charsmap);
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
          default -> {}
        }
      }
    }

    private void readNormalizer(ProtobufMessage message) {
      while (message.next()) {
        if (message.field() == 2) {
          charsmap = message.bytes();
        }
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
